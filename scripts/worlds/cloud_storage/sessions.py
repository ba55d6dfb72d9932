"""Sessions of a day: who comes, when, where the session starts and what the experiment says."""

import numpy as np

from scripts.worlds.cloud_storage.day import Day, Sessions
from scripts.worlds.cloud_storage.population import is_novel, notices, session_rate
from scripts.worlds.cloud_storage.settings import (
    CONTROL,
    MAX_SESSIONS,
    TASKS,
    TREATMENT,
)
from scripts.worlds.envelope import SECONDS_PER_DAY, Integers

# Relative number of sessions that start in each UTC hour. None starts in the last three quarters
# of an hour, so that every session ends on the day on which it started.
_HOURS = np.array(
    [2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 7, 8, 8, 8, 7, 7, 6, 6, 5, 4, 3, 0.5], dtype=float
)
_BOUNDS = np.append(np.arange(24) * 3_600, SECONDS_PER_DAY - 2_700)
_UNTIL = np.append(0.0, np.cumsum(_HOURS / _HOURS.sum()))


def _starts(day: Day, sessions: Integers) -> Integers:
    """Draw the seconds at which each user's sessions start, in order for each user.

    Systematic sampling keeps a user's sessions of a day apart: with at most six of them, a sixth
    of the day's sessions start between any two. That takes longer than a session lasts.
    """
    user = np.repeat(np.arange(len(sessions)), sessions)
    turn = np.arange(len(user)) - np.repeat(np.cumsum(sessions) - sessions, sessions)
    part = (day.generator.random(len(sessions))[user] + turn) / sessions[user]
    second = np.interp(part, _UNTIL, _BOUNDS).astype(np.int64)
    return np.asarray(day.day * SECONDS_PER_DAY + second)


def begin_sessions(day: Day) -> Sessions:
    """Let users come, and assign those who are enrolled."""
    population, causes, state = day.population, day.causes, day.state
    enrolled, treated = population.is_enrolled(day.day), population.is_treated(day.day)
    # A panel that helps brings people back, and one that annoys keeps them away.
    knows_it = treated & (state.exposed_day < day.day)
    rate = session_rate(population, causes, day.day)
    rate = rate * np.where(knows_it, causes.treated_sessions, 1.0)
    count = np.minimum(day.generator.poisson(rate), MAX_SESSIONS)
    user = np.repeat(np.arange(population.users), count)
    start = _starts(day, count)
    home = day.chance(causes.home, len(user))
    # A home screen that crashes leaves no trace of the session.
    odds = np.array(causes.crashes)[population.actors.platform[user]] * treated[user]
    kept = ~(home & day.chance(odds, len(user)))
    user, start, home = user[kept], start[kept], home[kept]

    exposed = np.unique(user[home & enrolled[user]])
    exposed = exposed[state.exposed_day[exposed] > day.day]
    state.exposed_day[exposed] = day.day
    sessions = Sessions(
        number=state.sessions + 1 + np.arange(len(user)),
        user=user,
        now=start,
        panel=home & treated[user],
        notices=notices(
            causes, population.attention[user], is_novel(state.exposed_day[user], day.day)
        ),
        tasks=1 + day.one_of(TASKS, len(user)),
    )
    state.sessions += len(user)
    assigned = np.flatnonzero(enrolled[user])
    day.log_in(
        "experiment_assignment",
        sessions,
        assigned,
        experiment_id=np.zeros(len(assigned), dtype=np.int64),
        variant=np.where(treated[user[assigned]], TREATMENT, CONTROL),
        is_exposure=home[assigned],
    )
    return sessions
