"""Reels in a visit: what is watched, and what is made."""

import numpy as np

from scripts.worlds.envelope import Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.short_video.events import A_REEL, CREATE, FYP, TOOLS, VIEW
from scripts.worlds.short_video.settings import (
    LAUNCH_DAYS,
    LOGGED_VIEWS,
    NOVELTY_DAYS,
    REEL_SECONDS,
    REELS,
    Causes,
)
from scripts.worlds.short_video.visits import Visits
from scripts.worlds.short_video.world import World

_SOURCE_SHARES = (0.7, 0.2, 0.1)
_ENTRY_SHARES = (0.5, 0.2, 0.2, 0.1)
_MEAN_LENGTH = float(np.mean(REEL_SECONDS))
_LEARNING_DAYS = 84
LIKE, COMMENT, SHARE, SAVE, UNLIKE = range(5)


def completion_odds(causes: Causes, day: int) -> float:
    """Give the odds that a view that got to a quarter gets to the end, on a day."""
    learnt = min(max((day - LAUNCH_DAYS[0]) / _LEARNING_DAYS, 0.0), 1.0)
    return causes.completes + causes.learns * learnt


def seconds_per_view(causes: Causes, day: int) -> float:
    """Give roughly how long a view lasts, loops included; what a session's views come from."""
    completes = completion_odds(causes, day)
    watched = completes * (1 + causes.loops * (1 + causes.loops_again)) + (1 - completes) * 0.5
    return 1.0 + causes.reaches_quarter * watched * _MEAN_LENGTH


def watch_reels(world: World, day: Day, visits: Visits, who: Integers) -> None:
    """Watch reels in some visits: their time, all their views, and a few views that are logged."""
    causes, user = world.causes, visits.user[who]
    size = len(who)
    novel = day.number - world.used_since[user] < NOVELTY_DAYS
    minutes = causes.reels_minutes * np.where(novel, causes.novelty, 1.0)
    spread = causes.reels_spread
    minutes = minutes * day.generator.lognormal(-(spread**2) / 2, spread, size)
    spent = (60_000 * minutes).astype(np.int64)
    views = np.maximum(spent // round(1_000 * seconds_per_view(causes, day.number)), LOGGED_VIEWS)
    for turn in range(LOGGED_VIEWS):
        stands_for = (views + turn) // LOGGED_VIEWS
        _watch(world, day, visits, who, 2 + turn * (spent // 2_000), stands_for)
    visits.interact(who, REELS, VIEW, spent)
    visits.log(
        "reel_session_summary",
        who,
        total_reels_viewed=views,
        total_watch_time_ms_in_reels=spent,
        scroll_depth=views + day.between(0, 5, size),
    )
    visits.pass_seconds(who, 1)


def _watch(
    world: World, day: Day, visits: Visits, who: Integers, after: Integers, stands_for: Integers
) -> None:
    """Log one view of each of some visits, so many seconds after they come to the reels."""
    causes, size = world.causes, len(who)
    at, user, session = visits.now[who] + after, visits.user[who], visits.number[who]
    view = world.views.next(size)
    # Most look at what was made lately.
    reel = world.reels.given - (world.reels.given * day.generator.random(size) ** 2).astype(
        np.int64
    )
    length = np.array(REEL_SECONDS)[reel % len(REEL_SECONDS)]
    of_view = {"view_id": view, "reel_id": reel}
    day.log(
        "reel_view_impression",
        at,
        user,
        where=None,
        **of_view,
        session_id=session,
        view_source=FYP + day.one_of(_SOURCE_SHARES, size),
        content_length_sec=length,
        views_represented=stands_for,
    )
    started = day.chance(causes.reaches_quarter, size)
    completes = started & day.chance(completion_odds(causes, day.number), size)
    part = day.between(1, 4, size)
    share = np.where(completes, 1.0, (part + day.generator.random(size)) / 4)
    loops = completes & day.chance(causes.loops, size)
    again = loops & day.chance(causes.loops_again, size)
    for turn, plays in enumerate((started, loops, again)):
        day.log(
            "reel_view_progress",
            at + (turn + 1) * length,
            user,
            where=plays,
            **of_view,
            session_id=session,
            watch_time_ms=(1_000 * length * share).astype(np.int64),
            percentage_watched=np.where(completes, 100, 25 * part),
            is_rewatch=np.full(size, turn > 0),
        )
    for kind, odds in enumerate((causes.likes, causes.comments, causes.shares, causes.saves)):
        does = day.chance(odds, size)
        day.log(
            "reel_interaction", at + 3 + kind, user, where=does, **of_view, interaction_type=kind
        )
        if kind == LIKE:
            back = does & day.chance(causes.takes_like_back, size)
            day.log(
                "reel_interaction", at + 8, user, where=back, **of_view, interaction_type=UNLIKE
            )


def make_reels(world: World, day: Day, visits: Visits, who: Integers) -> None:
    """Make reels in some visits: tools are used, drafts are saved, and some are published."""
    causes, size = world.causes, len(who)
    flow = world.flows.next(size)
    visits.pass_seconds(who, 1)
    began, user = visits.now[who].copy(), visits.user[who]
    day.log(
        "reel_creation_started",
        began,
        user,
        reel_session_id=flow,
        entry_point=day.one_of(_ENTRY_SHARES, size),
    )
    wanted = day.one_of(causes.tools, size)
    order = np.argsort(day.generator.random((size, len(TOOLS))), axis=1)
    tools = np.where(np.arange(len(TOOLS)) < wanted[:, None], order, -1)
    for turn in range(len(TOOLS)):
        visits.pass_seconds(who, 8)
        day.log(
            "reel_tool_used",
            visits.now[who],
            user,
            where=tools[:, turn] >= 0,
            reel_session_id=flow,
            tool_name=tools[:, turn],
        )
    saves = day.chance(causes.saves_draft, size)
    visits.pass_seconds(who, day.between(5, 60, size))
    day.log("reel_draft_saved", visits.now[who], user, where=saves, reel_session_id=flow)
    publishes = day.chance(causes.publishes, size) & (day.number >= causes.published_from)
    made = np.flatnonzero(publishes)
    reel = world.reels.next(len(made))
    visits.pass_seconds(who, 1)
    took = 1_000 * (visits.now[who] - began)[made] + day.between(0, 1_000, len(made))
    day.log(
        "reel_published",
        visits.now[who[made]],
        user[made],
        reel_session_id=flow[made],
        reel_id=reel,
        creation_time_ms=took,
        tools_used_list=tools[made],
        content_length_sec=np.array(REEL_SECONDS)[reel % len(REEL_SECONDS)],
    )
    visits.log("content_creation", who[made], feature_name=REELS, content_id=A_REEL + reel)
    visits.interact(who[made], REELS, CREATE, took, A_REEL + reel)
