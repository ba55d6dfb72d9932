"""Searching and browsing: how a file is found without the panel."""

import numpy as np

from scripts.worlds.cloud_storage.sessions import Sessions
from scripts.worlds.cloud_storage.settings import FURTHER_STEPS, RETRIES, Causes
from scripts.worlds.cloud_storage.world import BROWSE, FOLDER_OPEN, SEARCH, SORT_FILES, World
from scripts.worlds.envelope import Booleans, Floats, Integers

_SORTS = 0.15
_TERMS_STEP = 7


def search_odds(causes: Causes, habit: Floats, panel: Booleans) -> Floats:
    """Give the odds that users search for a file instead of browsing; a panel buries folders."""
    return habit + (1 - habit) * causes.buries_folders * panel


def another_query(causes: Causes, panel: Booleans) -> Floats:
    """Give the odds of each further search after the first one."""
    return np.where(panel, causes.another_query_at_panel, causes.another_query)


def look_for(world: World, sessions: Sessions, who: Integers, file: Integers) -> Booleans:
    """Let some users look for a file by hand; give who found it, and not gave up."""
    causes, day, size = world.causes, sessions.day, len(who)
    habit = world.population.search_habit[sessions.user[who]]
    panel = sessions.panel[who]
    queries = 1 + day.generator.binomial(RETRIES, another_query(causes, panel))
    steps = 1 + day.generator.binomial(FURTHER_STEPS, causes.another_step, size)
    searching = day.chance(search_odds(causes, habit, panel), size)
    browsing = ~searching | day.chance(causes.browses_after_search, size)
    queries, steps = np.where(searching, queries, 0), np.where(browsing, steps, 0)

    for turn in range(RETRIES + 1):
        now = queries > turn
        seconds = causes.query_seconds if turn else causes.orient_seconds
        sessions.pass_time(who[now], seconds)
        terms = file[now] + _TERMS_STEP * turn
        sessions.log("search_query_executed", who[now], search_terms=terms)
    for turn in range(FURTHER_STEPS + 1):
        now = steps > turn
        begins = (queries == 0)[now] if turn == 0 else np.zeros(int(now.sum()), dtype=bool)
        for those, seconds in ((begins, causes.orient_seconds), (~begins, causes.step_seconds)):
            sessions.pass_time(who[now][those], seconds)
        sorts = day.chance(_SORTS, int(now.sum()))
        sessions.log(
            "navigation_action",
            who[now],
            action_type=np.where(sorts, SORT_FILES, FOLDER_OPEN),
            depth=turn + 1 - sorts,
        )
    found = ~day.chance(causes.gives_up, size)
    sessions.pass_time(who[found], causes.recognise_seconds)
    method = np.where(steps > 0, BROWSE, SEARCH)
    sessions.log("file_opened", who[found], file_id=file[found], open_method=method[found])
    return found
