"""The Quick Access panel: what it shows, who clicks on what, and what comes of it."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.cloud_storage.files import Wanted, draw_ranks, suggest, want
from scripts.worlds.cloud_storage.sessions import Sessions
from scripts.worlds.cloud_storage.settings import FEEDBACKS, MODEL_DAY, PANEL_FILES
from scripts.worlds.cloud_storage.world import DISMISS, NOT_RELEVANT, QUICK_ACCESS, World
from scripts.worlds.envelope import Booleans, Integers

_DISMISSES = 0.4


@dataclass(frozen=True)
class Panels:
    """The latest panel of each session of a day.

    Attributes:
        number: impression numbers, 0 before the first one, shape (sessions,).
        files: what was suggested, shape (sessions, PANEL_FILES).
    """

    number: Integers
    files: Integers


def no_panels(sessions: Sessions) -> Panels:
    """Give what sessions have before the first panel is shown."""
    count = len(sessions.number)
    return Panels(np.zeros(count, dtype=np.int64), np.zeros((count, PANEL_FILES), dtype=np.int64))


def _model(sessions: Sessions) -> int:
    return int(sessions.day.number >= MODEL_DAY)


def _show(
    world: World, sessions: Sessions, who: Integers, panels: Panels, wanted: Wanted
) -> tuple[Integers, Integers, Integers]:
    """Show a panel in some sessions; give the rank of what is wanted and the panel before."""
    day, model = sessions.day, _model(sessions)
    before = panels.number[who], panels.files[who]
    rank = draw_ranks(day, world.causes.models[model], wanted.favourite)
    panels.number[who] = world.impressions.next(len(who))
    panels.files[who] = suggest(world, day, sessions.user[who], wanted, rank)
    sessions.pass_time(who, world.causes.load_seconds)
    sessions.log(
        "quick_access_impression",
        who,
        impression_id=panels.number[who],
        suggested_file_ids_list_ordered=panels.files[who],
        model_version=model,
    )
    return rank, *before


def _click(
    sessions: Sessions,
    who: Integers,
    impression: Integers,
    file: Integers,
    rank: Integers,
    seconds: float,
) -> None:
    """Log a click in each of some sessions, some time after what happened before."""
    sessions.pass_time(who, seconds)
    sessions.log(
        "quick_access_click",
        who,
        impression_id=impression,
        clicked_file_id=file,
        rank_of_clicked_file=rank,
        model_version=_model(sessions),
    )


def _load(world: World, sessions: Sessions, who: Integers, file: Integers) -> None:
    """Open files by Quick Access."""
    sessions.pass_time(who, world.causes.load_seconds)
    sessions.log("file_opened", who, file_id=file, open_method=QUICK_ACCESS)


def _open(
    world: World, sessions: Sessions, who: Integers, file: Integers, opens: float
) -> Booleans:
    """Open clicked files, or not: a file may be gone, or the app too slow."""
    opened = sessions.day.chance(opens, len(who))
    _load(world, sessions, who[opened], file[opened])
    return opened


def _complain(world: World, sessions: Sessions, who: Integers, panels: Panels) -> None:
    """Log negative feedback: files that are not relevant, and now and then the whole panel."""
    count = 1 + sessions.day.one_of(FEEDBACKS, len(who))
    dismisses = sessions.day.chance(_DISMISSES, len(who))
    for turn in range(len(FEEDBACKS)):
        now = count > turn
        some = who[now]
        dismissed = (dismisses & (count == turn + 1))[now]
        sessions.pass_time(some, world.causes.look_seconds)
        sessions.log(
            "quick_access_negative_feedback",
            some,
            impression_id=panels.number[some],
            unhelpful_file_id=np.where(dismissed, -1, panels.files[some, turn]),
            feedback_type=np.where(dismissed, DISMISS, NOT_RELEVANT),
        )


def use_panel(
    world: World, sessions: Sessions, who: Integers, panels: Panels, wanted: Wanted, first: bool
) -> Booleans:
    """Show a panel in some sessions and let their users use it; give who got the file.

    Args:
        world: the world.
        sessions: all sessions of the day.
        who: those that are on the home screen now.
        panels: the latest panels, which are replaced.
        wanted: the file that is wanted in each of `who`.
        first: whether this is the start of the sessions.
    """
    causes, chance, size = world.causes, sessions.day.chance, len(who)
    look = causes.look_seconds
    rank, old_number, old_files = _show(world, sessions, who, panels, wanted)
    if first:
        # The app restores tabs when it starts: these files are opened, and nobody clicked on them.
        restored = who[chance(causes.restored, size)]
        _load(world, sessions, restored, want(world, sessions.day, sessions.user[restored]).file)
    uses = (rank > 0) & chance(sessions.notices[who], size)
    complains = (rank == 0) & chance(causes.complains, size)
    _complain(world, sessions, who[complains], panels)

    # The app draws the list of before: what is clicked there is another file.
    stale = uses & (old_number > 0) & chance(causes.stale, size)
    file = old_files[stale, rank[stale] - 1]
    _click(sessions, who[stale], old_number[stale], file, rank[stale], look)
    _open(world, sessions, who[stale], file, causes.stale_opens)

    clicks = uses & ~stale
    slips = clicks & chance(causes.mistap, size)
    neighbour = np.where(rank < PANEL_FILES, rank + 1, PANEL_FILES - 1)[slips]
    file = panels.files[who[slips], neighbour - 1]
    _click(sessions, who[slips], panels.number[who[slips]], file, neighbour, look)
    _open(world, sessions, who[slips], file, causes.opens)

    twice = clicks & chance(causes.double_click, size)
    for those, seconds in ((clicks, look), (twice, 0.0)):
        some = who[those]
        _click(sessions, some, panels.number[some], wanted.file[those], rank[those], seconds)
    found = np.zeros(size, dtype=bool)
    found[clicks] = _open(world, sessions, who[clicks], wanted.file[clicks], causes.opens)
    return found
