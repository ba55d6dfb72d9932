"""One day of cloud storage, from sessions to tasks to opened files."""

import numpy as np

from scripts.worlds.cloud_storage.files import Wanted, want
from scripts.worlds.cloud_storage.panel import no_panels, use_panel
from scripts.worlds.cloud_storage.search import look_for
from scripts.worlds.cloud_storage.sessions import begin_sessions
from scripts.worlds.cloud_storage.settings import TASKS
from scripts.worlds.cloud_storage.world import World
from scripts.worlds.days import joined
from scripts.worlds.kit.day import Day
from scripts.worlds.kit.groups import first_ever


def _log_first_clicks(world: World, day: Day) -> None:
    """Log the first click that each user ever makes, at the instant of the click."""
    clicks = joined(day.parts["quick_access_click"])
    first = first_ever(clicks["at"], clicks["actor"], world.has_clicked)
    day.log("user_first_quick_access_click", clicks["at"][first], clicks["actor"][first])


def simulate_day(world: World, day: Day) -> None:
    """Simulate one UTC day; codes and indexes are spelled out in events.py."""
    sessions = begin_sessions(world, day)
    panels = no_panels(sessions)
    who = np.arange(len(sessions.number))
    for turn in range(len(TASKS)):
        # Who has another file to find works with the last one for a while.
        if turn > 0:
            who = who[sessions.tasks[who] > turn]
            sessions.pass_time(who, world.causes.work_seconds)
        wanted = want(world, day, sessions.user[who])
        at_home = sessions.panel[who]
        if turn > 0:
            at_home = at_home & day.chance(world.causes.returns_home, len(who))
        shown = Wanted(wanted.slot[at_home], wanted.file[at_home], wanted.favourite[at_home])
        found = np.zeros(len(who), dtype=bool)
        found[at_home] = use_panel(world, sessions, who[at_home], panels, shown, turn == 0)
        # Who gives up leaves.
        found[~found] = look_for(world, sessions, who[~found], wanted.file[~found])
        who = who[found]
    _log_first_clicks(world, day)
