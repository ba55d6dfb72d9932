"""One day of messenger, from sessions to talks to farewells."""

import numpy as np

from scripts.worlds.kit.day import Day
from scripts.worlds.kit.hours import LAST_START
from scripts.worlds.messenger.chats import talk
from scripts.worlds.messenger.sessions import MUTE, begin_sessions
from scripts.worlds.messenger.world import World

_FINDING_SETTINGS = (5, 61)


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    sessions = begin_sessions(world, day)
    talk(world, day, sessions)
    muting = np.flatnonzero(sessions.purpose == MUTE)
    day.log(
        "notification_settings_change",
        sessions.start[muting] + day.between(*_FINDING_SETTINGS, len(muting)),
        sessions.user[muting],
        notifications=sessions.detail[muting],
    )
    gone = world.lives.uninstalls["user"][world.lives.uninstalls["day"] == day.number]
    second = day.between(0, LAST_START + 1, len(gone))
    day.log("app_uninstall", day.start + second, gone)
