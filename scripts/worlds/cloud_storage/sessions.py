"""Sessions of a day: who comes, when, where the session starts and what the experiment says."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.cloud_storage.population import is_novel, notices, session_rate
from scripts.worlds.cloud_storage.settings import COMING, CONTROL, TASKS, TREATMENT
from scripts.worlds.cloud_storage.world import World
from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit import sessions as kit
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import turns
from scripts.worlds.kit.hours import Hours

# Relative number of sessions that start in each UTC hour. With at most six sessions of a user, a
# sixth of the day's start between any two: that takes longer than a session lasts.
_HOURS = Hours(2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 7, 8, 8, 8, 7, 7, 6, 6, 5, 4, 3, 0.5)


@dataclass(frozen=True)
class Sessions(kit.Sessions):
    """Sessions that leave a trace.

    Attributes:
        panel: the session starts on a home screen with Quick Access.
        notices: probability of seeing a wanted file that the panel lists.
        tasks: files the user has come for.
    """

    panel: Booleans
    notices: Floats
    tasks: Integers


def begin_sessions(world: World, day: Day) -> Sessions:
    """Let users come, and assign those who are enrolled."""
    population, causes, exposed_day = world.population, world.causes, world.exposed_day
    enrolled, treated = population.is_enrolled(day.number), population.is_treated(day.number)
    # A panel that helps brings people back, and one that annoys keeps them away.
    knows_it = treated & (exposed_day < day.number)
    rate = session_rate(population, causes, day.number)
    rate = rate * np.where(knows_it, causes.treated_sessions, 1.0)
    count = COMING.draw(rate, day.generator)
    user = np.repeat(np.arange(population.users), count)
    start = _HOURS.starts(day, user, turns(count), population.users)
    home = day.chance(causes.home, len(user))
    # A home screen that crashes leaves no trace of the session.
    odds = np.array(causes.crashes)[population.actors.platform[user]] * treated[user]
    kept = ~(home & day.chance(odds, len(user)))
    user, start, home = user[kept], start[kept], home[kept]

    exposed = np.unique(user[home & enrolled[user]])
    exposed = exposed[exposed_day[exposed] > day.number]
    exposed_day[exposed] = day.number
    sessions = Sessions(
        day=day,
        number=world.sessions.next(len(user)),
        user=user,
        now=start,
        pace=population.pace[user],
        panel=home & treated[user],
        notices=notices(
            causes, population.attention[user], is_novel(exposed_day[user], day.number)
        ),
        tasks=1 + day.one_of(TASKS, len(user)),
    )
    assigned = np.flatnonzero(enrolled[user])
    sessions.log(
        "experiment_assignment",
        assigned,
        experiment_id=0,
        variant=np.where(treated[user[assigned]], TREATMENT, CONTROL),
        is_exposure=home[assigned],
    )
    return sessions
