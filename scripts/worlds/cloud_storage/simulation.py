"""One day of cloud storage, from sessions to tasks to opened files."""

import numpy as np

from scripts.worlds.cloud_storage.day import Day, DayLog, State
from scripts.worlds.cloud_storage.files import Wanted, want
from scripts.worlds.cloud_storage.panel import no_panels, use_panel
from scripts.worlds.cloud_storage.population import Population
from scripts.worlds.cloud_storage.search import look_for
from scripts.worlds.cloud_storage.sessions import begin_sessions
from scripts.worlds.cloud_storage.settings import TASKS, Causes
from scripts.worlds.scenario import Columns


def _log_first_clicks(day: Day) -> None:
    """Log the first click that each user ever makes, at the instant of the click."""
    clicks = day.log.parts["quick_access_click"]
    at = np.concatenate([part["at"] for part in clicks])
    user = np.concatenate([part["actor"] for part in clicks])
    order = np.argsort(at, kind="stable")
    _, first = np.unique(user[order], return_index=True)
    first = order[first]
    first = first[~day.state.has_clicked[user[first]]]
    day.state.has_clicked[user[first]] = True
    day.log.add("user_first_quick_access_click", at[first], user[first])


def simulate_day(
    number: int,
    population: Population,
    causes: Causes,
    state: State,
    generator: np.random.Generator,
) -> dict[str, Columns]:
    """Simulate one UTC day.

    Args:
        number: day of the world, from 0.
        population: the users.
        causes: settings of the world.
        state: what is left of the days before; updated.
        generator: this day's own source of chance.

    Returns:
        Columns of numbers for each event; codes and indexes are spelled out in events.py.
    """
    log = DayLog(generator)
    day = Day(number, population, causes, generator, log, state)
    sessions = begin_sessions(day)
    panels = no_panels(sessions)
    who = np.arange(len(sessions.number))
    for turn in range(len(TASKS)):
        # Who has another file to find works with the last one for a while.
        if turn > 0:
            who = who[sessions.tasks[who] > turn]
            day.pass_time(sessions, who, causes.work_seconds)
        wanted = want(day, sessions.user[who])
        at_home = sessions.panel[who]
        if turn > 0:
            at_home = at_home & day.chance(causes.returns_home, len(who))
        shown = Wanted(wanted.slot[at_home], wanted.file[at_home], wanted.favourite[at_home])
        found = np.zeros(len(who), dtype=bool)
        found[at_home] = use_panel(day, sessions, who[at_home], panels, shown, turn == 0)
        # Who gives up leaves.
        found[~found] = look_for(day, sessions, who[~found], wanted.file[~found])
        who = who[found]
    _log_first_clicks(day)
    return log.events()
