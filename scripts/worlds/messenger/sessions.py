"""Sessions of a day: who comes, when, and what for."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.hours import Hours
from scripts.worlds.messenger.world import World

TALK, READ, OPEN, MUTE = 0, 1, 2, 3

# Relative number of sessions that start in each UTC hour.
_HOURS = Hours(3, 2, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 9, 8, 7, 7, 8, 9, 10, 11, 11, 9, 6, 1)


@dataclass(frozen=True)
class Sessions:
    """Sessions of one day, one entry each.

    Attributes:
        user: index into the population.
        purpose: `TALK`, `READ`, `OPEN` or `MUTE`.
        detail: the conversation that is opened, or the setting that is chosen.
        start: second at which the session starts.
    """

    user: Integers
    purpose: Integers
    detail: Integers
    start: Integers


def _turns(day: Day, user: Integers, users: int) -> Integers:
    """Draw in which order each user's sessions come."""
    order = np.lexsort((day.generator.random(len(user)), user))
    turn = np.empty(len(user), dtype=np.int64)
    turn[order] = turns(np.bincount(user, minlength=users))
    return turn


def begin_sessions(world: World, day: Day) -> Sessions:
    """Let users come."""
    users = world.population.users
    talking = np.repeat(np.arange(users), world.habits.draw_talks(day.number, day.generator))
    reading = np.repeat(np.arange(users), world.habits.draw_reads(day.number, day.generator))
    openings, muting = world.lives.openings, world.lives.muting
    opened, muted = openings["day"] == day.number, muting["day"] == day.number
    parts = [talking, reading, openings["user"][opened], muting["user"][muted]]
    details = [
        np.full(len(talking), -1),
        np.full(len(reading), -1),
        openings["conversation"][opened],
        muting["setting"][muted],
    ]
    user = np.concatenate(parts)
    start = _HOURS.starts(day, user, _turns(day, user, users), users)
    order = np.argsort(start, kind="stable")
    purpose = np.repeat([TALK, READ, OPEN, MUTE], [len(part) for part in parts])
    sessions = Sessions(
        user=user[order],
        purpose=purpose[order],
        detail=np.concatenate(details)[order],
        start=start[order],
    )
    day.log(
        "app_session_start",
        sessions.start,
        sessions.user,
        session_id=world.sessions.next(len(user)),
        session_type=0,
    )
    return sessions
