"""Sessions of a day: who comes, when, and what for."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Integers
from scripts.worlds.messenger.day import Day

TALK, READ, OPEN, MUTE = 0, 1, 2, 3

# Relative number of sessions that start in each UTC hour. None starts in the last three quarters
# of an hour, so that everything happens on the day on which its session started.
_HOURS = np.array(
    [3, 2, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 9, 8, 7, 7, 8, 9, 10, 11, 11, 9, 6, 1], dtype=float
)
_BOUNDS = np.append(np.arange(24) * 3_600, SECONDS_PER_DAY - 2_700)
_UNTIL = np.append(0.0, np.cumsum(_HOURS / _HOURS.sum()))


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


def _starts(day: Day, user: Integers) -> Integers:
    """Draw the seconds at which sessions start.

    Systematic sampling keeps a user's sessions of a day apart, in random order.
    """
    order = np.lexsort((day.generator.random(len(user)), user))
    count = np.bincount(user, minlength=day.population.users)
    turn = np.empty(len(user), dtype=np.int64)
    turn[order] = np.arange(len(user)) - np.repeat(np.cumsum(count) - count, count)
    part = (day.generator.random(day.population.users)[user] + turn) / count[user]
    second = np.interp(part, _UNTIL, _BOUNDS).astype(np.int64)
    return np.asarray(day.day * SECONDS_PER_DAY + second)


def begin_sessions(day: Day) -> Sessions:
    """Let users come."""
    everybody = np.arange(day.population.users)
    talking = np.repeat(everybody, day.habits.draw_talks(day.day, day.generator))
    reading = np.repeat(everybody, day.habits.draw_reads(day.day, day.generator))
    openings, muting = day.lives.openings, day.lives.muting
    opened, muted = openings["day"] == day.day, muting["day"] == day.day
    users = [talking, reading, openings["user"][opened], muting["user"][muted]]
    details = [
        np.full(len(talking), -1),
        np.full(len(reading), -1),
        openings["conversation"][opened],
        muting["setting"][muted],
    ]
    user = np.concatenate(users)
    start = _starts(day, user)
    order = np.argsort(start, kind="stable")
    purpose = np.repeat([TALK, READ, OPEN, MUTE], [len(part) for part in users])
    sessions = Sessions(
        user=user[order],
        purpose=purpose[order],
        detail=np.concatenate(details)[order],
        start=start[order],
    )
    size = len(user)
    day.log.add(
        "app_session_start",
        sessions.start,
        sessions.user,
        session_id=day.state.sessions + 1 + np.arange(size),
        session_type=np.zeros(size, dtype=np.int64),
    )
    day.state.sessions += size
    return sessions
