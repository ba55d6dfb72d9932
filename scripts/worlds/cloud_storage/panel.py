"""The Quick Access panel: what it shows, who clicks on what, and what comes of it."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.cloud_storage.day import DISMISS, NOT_RELEVANT, QUICK_ACCESS, Day, Sessions
from scripts.worlds.cloud_storage.files import Wanted, draw_ranks, suggest, want
from scripts.worlds.cloud_storage.settings import FEEDBACKS, MODEL_DAY, PANEL_FILES
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


def _model(day: Day) -> int:
    return int(day.day >= MODEL_DAY)


def _show(
    day: Day, sessions: Sessions, who: Integers, panels: Panels, wanted: Wanted
) -> tuple[Integers, Integers, Integers]:
    """Show a panel in some sessions; give the rank of what is wanted and the panel before."""
    before = panels.number[who], panels.files[who]
    rank = draw_ranks(day, day.causes.models[_model(day)], wanted.favourite)
    panels.number[who] = day.state.impressions + 1 + np.arange(len(who))
    panels.files[who] = suggest(day, sessions.user[who], wanted, rank)
    day.state.impressions += len(who)
    day.pass_time(sessions, who, day.causes.load_seconds)
    day.log_in(
        "quick_access_impression",
        sessions,
        who,
        impression_id=panels.number[who],
        suggested_file_ids_list_ordered=panels.files[who],
        model_version=np.full(len(who), _model(day)),
    )
    return rank, *before


def _click(
    day: Day,
    sessions: Sessions,
    who: Integers,
    impression: Integers,
    file: Integers,
    rank: Integers,
    seconds: float,
) -> None:
    """Log a click in each of some sessions, some time after what happened before."""
    day.pass_time(sessions, who, seconds)
    day.log_in(
        "quick_access_click",
        sessions,
        who,
        impression_id=impression,
        clicked_file_id=file,
        rank_of_clicked_file=rank,
        model_version=np.full(len(who), _model(day)),
    )


def _open(day: Day, sessions: Sessions, who: Integers, file: Integers, opens: float) -> Booleans:
    """Open clicked files, or not: a file may be gone, or the app too slow."""
    opened = day.chance(opens, len(who))
    day.pass_time(sessions, who[opened], day.causes.load_seconds)
    method = np.full(int(opened.sum()), QUICK_ACCESS)
    day.log_opens(sessions, who[opened], file[opened], method)
    return opened


def _complain(day: Day, sessions: Sessions, who: Integers, panels: Panels) -> None:
    """Log negative feedback: files that are not relevant, and now and then the whole panel."""
    count = 1 + day.one_of(FEEDBACKS, len(who))
    dismisses = day.chance(_DISMISSES, len(who))
    for turn in range(len(FEEDBACKS)):
        now = count > turn
        some = who[now]
        dismissed = (dismisses & (count == turn + 1))[now]
        day.pass_time(sessions, some, day.causes.look_seconds)
        day.log_in(
            "quick_access_negative_feedback",
            sessions,
            some,
            impression_id=panels.number[some],
            unhelpful_file_id=np.where(dismissed, -1, panels.files[some, turn]),
            feedback_type=np.where(dismissed, DISMISS, NOT_RELEVANT),
        )


def _restore(day: Day, sessions: Sessions, who: Integers) -> None:
    """Open files that nobody clicked on: tabs that the app restores when it starts."""
    file = want(day, sessions.user[who]).file
    day.pass_time(sessions, who, day.causes.load_seconds)
    day.log_opens(sessions, who, file, np.full(len(who), QUICK_ACCESS))


def use_panel(
    day: Day, sessions: Sessions, who: Integers, panels: Panels, wanted: Wanted, first: bool
) -> Booleans:
    """Show a panel in some sessions and let their users use it; give who got the file.

    Args:
        day: the day.
        sessions: all its sessions.
        who: those that are on the home screen now.
        panels: the latest panels, which are replaced.
        wanted: the file that is wanted in each of `who`.
        first: whether this is the start of the sessions.
    """
    causes = day.causes
    rank, old_number, old_files = _show(day, sessions, who, panels, wanted)
    if first:
        _restore(day, sessions, who[day.chance(causes.restored, len(who))])
    uses = (rank > 0) & day.chance(sessions.notices[who], len(who))
    complains = (rank == 0) & day.chance(causes.complains, len(who))
    _complain(day, sessions, who[complains], panels)

    # The app draws the list of before: what is clicked there is another file.
    stale = uses & (old_number > 0) & day.chance(causes.stale, len(who))
    file = old_files[stale, rank[stale] - 1]
    _click(day, sessions, who[stale], old_number[stale], file, rank[stale], causes.look_seconds)
    _open(day, sessions, who[stale], file, causes.stale_opens)

    clicks = uses & ~stale
    slips = clicks & day.chance(causes.mistap, len(who))
    neighbour = np.where(rank < PANEL_FILES, rank + 1, PANEL_FILES - 1)[slips]
    file = panels.files[who[slips], neighbour - 1]
    _click(
        day, sessions, who[slips], panels.number[who[slips]], file, neighbour, causes.look_seconds
    )
    _open(day, sessions, who[slips], file, causes.opens)

    twice = clicks & day.chance(causes.double_click, len(who))
    for those, seconds in ((clicks, causes.look_seconds), (twice, 0.0)):
        some = who[those]
        _click(day, sessions, some, panels.number[some], wanted.file[those], rank[those], seconds)
    found = np.zeros(len(who), dtype=bool)
    found[clicks] = _open(day, sessions, who[clicks], wanted.file[clicks], causes.opens)
    return found
