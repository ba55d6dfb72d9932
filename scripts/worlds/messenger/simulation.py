"""One day of messenger, from sessions to talks to farewells."""

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY
from scripts.worlds.messenger.chats import talk
from scripts.worlds.messenger.day import Day, DayLog, State
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import Lives
from scripts.worlds.messenger.population import Population
from scripts.worlds.messenger.sessions import MUTE, begin_sessions
from scripts.worlds.messenger.settings import Causes
from scripts.worlds.scenario import Columns

_FINDING_SETTINGS = (5, 60)


def simulate_day(
    number: int,
    population: Population,
    lives: Lives,
    habits: Habits,
    causes: Causes,
    state: State,
    generator: np.random.Generator,
) -> dict[str, Columns]:
    """Simulate one UTC day.

    Args:
        number: day of the world, from 0.
        population: the users.
        lives: what becomes of them.
        habits: how often they talk.
        causes: settings of the world.
        state: what is left of the days before; updated.
        generator: this day's own source of chance.

    Returns:
        Columns of numbers for each event; codes and indexes are spelled out in events.py.
    """
    log = DayLog(generator)
    day = Day(number, population, lives, habits, causes, generator, log, state)
    sessions = begin_sessions(day)
    talk(day, sessions)
    muting = np.flatnonzero(sessions.purpose == MUTE)
    log.add(
        "notification_settings_change",
        sessions.start[muting] + day.between(*_FINDING_SETTINGS, len(muting)),
        sessions.user[muting],
        notifications=sessions.detail[muting],
    )
    gone = lives.uninstalls["user"][lives.uninstalls["day"] == number]
    second = day.between(0, SECONDS_PER_DAY - 2_700, len(gone))
    log.add("app_uninstall", number * SECONDS_PER_DAY + second, gone)
    return log.parts
