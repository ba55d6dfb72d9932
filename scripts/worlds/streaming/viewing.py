"""What happens when something is played: how far it comes, and what the player logs of it."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats, Integers
from scripts.worlds.kit.day import Day
from scripts.worlds.streaming.catalogue import (
    FIRST_EPISODE,
    HAS_GOOD_START,
    IS_FLAGSHIP,
    IS_SERIES,
    MEASURED,
    SECONDS,
)
from scripts.worlds.streaming.population import TV
from scripts.worlds.streaming.settings import LEAVES, WATCHES_CREDITS, Causes
from scripts.worlds.streaming.world import (
    ADULT,
    KIDS_PROFILE,
    NONE,
    PAUSE,
    SEEK_FORWARD,
    SKIP_INTRO,
    World,
)

MILESTONES = (10, 50, 90)
CREDITS = 0.9
"""Whoever gets here has seen it all."""

CREDITS_FROM = 0.92
"""Nobody leaves before here who sees the end."""


@dataclass(frozen=True)
class Visits:
    """Sessions of one day, one entry each.

    Attributes:
        day: the day.
        number: session numbers.
        user: whose they are.
        now: second of the latest event, or of the start; moves on.
        watched: seconds watched so far.
        titles: titles played so far.
        is_over: whether nothing more is played.
        has_crashed: whether the device was switched off.
    """

    day: Day
    number: Integers
    user: Integers
    now: Integers
    watched: Floats
    titles: Integers
    is_over: Booleans
    has_crashed: Booleans


@dataclass(frozen=True)
class Plays:
    """Things that are about to be played, one entry each.

    Attributes:
        visit: position of the session among the visits of the day.
        title: index into the titles.
        episode: which episode, from 0 on; `NONE` for a film.
        source: from where.
        since: part of the length at which it starts.
        is_accident: whether it is a trailer that played by itself, or a slip of the finger.
        is_kids: whether the profile is of children.
    """

    visit: Integers
    title: Integers
    episode: Integers
    source: Integers
    since: Floats
    is_accident: Booleans
    is_kids: Booleans


def completion_chance(causes: Causes, title: Integers, episode: Integers) -> Floats:
    """Give the chance that what is played for its own sake is seen to its end."""
    first = np.where(HAS_GOOD_START[title], causes.good_hook, causes.bad_hook)
    first = np.where(IS_FLAGSHIP[title], causes.flagship_hook, first)
    of_series = np.where(episode == 0, first, causes.episode_completes)
    return np.where(IS_SERIES[title], of_series, causes.film_completes)


def crash_chance(causes: Causes, on_tv: Booleans) -> Floats:
    """Give the chance that the device ends a playback; a television is switched off more often."""
    return np.where(on_tv, 1.6, 0.4) * causes.crashes


def _whole(amounts: Floats) -> Integers:
    """Cut amounts to whole numbers, where last digits differ from one processor to the other."""
    return np.floor(amounts + 1e-6).astype(np.int64)


def _measured(day: Day, size: int) -> Floats:
    """Draw how far viewers of the measured film come, 1 or more where they see the end."""
    stays = np.cumprod(1 - np.array(LEAVES))
    tenth = (day.generator.random(size)[:, None] < stays).sum(axis=1)
    return np.where(tenth == len(LEAVES), 1.0, (tenth + day.generator.random(size)) / 10)


def _reach(world: World, day: Day, plays: Plays) -> tuple[Floats, Booleans]:
    """Draw the part of the length at which each playback ends, and which go on another day."""
    causes, size = world.causes, len(plays.title)
    chance = completion_chance(causes, plays.title, plays.episode)
    least, most = plays.since, np.where(plays.episode == NONE, 0.88, 0.8)
    draws = day.generator.random((4, size))
    in_credits = CREDITS_FROM + (1 - CREDITS_FROM) * draws[2]
    end = np.where(draws[1] < WATCHES_CREDITS, 1.0, in_credits)
    reach = np.where(
        (draws[0] < chance) | (plays.since > 0),
        end,
        np.maximum(least, 0.03 + (most - 0.03) * draws[2] ** 2.5),
    )
    measured = _measured(day, size)
    is_measured = plays.title == MEASURED
    reach = np.where(is_measured, np.where(measured >= 1, end, measured), reach)
    splits = (plays.episode == NONE) & (plays.since == 0) & (reach > CREDITS) & ~is_measured
    splits &= ~plays.is_kids & ~plays.is_accident & (draws[3] < causes.splits)
    reach = np.where(splits, 0.3 + 0.4 * draws[2], reach)
    return np.where(plays.is_accident, (8 + 50 * draws[2]) / SECONDS[plays.title], reach), splits


def play(world: World, visits: Visits, plays: Plays) -> tuple[Floats, Booleans, Booleans]:
    """Play, and log it.

    Returns:
        The part of the length that each playback reaches, which of them go on another day, and
        which end because the device does.
    """
    causes, day, size = world.causes, visits.day, len(plays.visit)
    user, seconds, since = visits.user[plays.visit], SECONDS[plays.title], plays.since
    reach, splits = _reach(world, day, plays)
    on_tv = world.population.device[user] == TV
    crashes = day.chance(crash_chance(causes, on_tv), size) & ~plays.is_accident
    draws = day.generator.random((5, size))
    reach = np.where(crashes, since + (reach - since) * draws[0], reach)
    splits = splits & ~crashes
    seeks = (draws[1] < causes.seeks) & ~plays.is_accident
    watched = (reach - since) * seconds * np.where(seeks, 0.7 + 0.2 * draws[2], 1.0)
    pauses = (draws[3] < causes.pauses) & ~plays.is_accident
    elapsed = watched + np.where(pauses, 30 + 600 * draws[4], 0.0)
    began, number = visits.now[plays.visit], world.playbacks.next(size)
    ended = began + 1 + elapsed.astype(np.int64)
    watched_ms = (1_000 * watched).astype(np.int64)
    what = {
        "playback_id": number,
        "title_id": plays.title,
        "episode_id": np.where(plays.episode < 0, NONE, FIRST_EPISODE[plays.title] + plays.episode),
    }
    day.log(
        "playback_start",
        began,
        user,
        session_id=visits.number[plays.visit],
        source=plays.source,
        profile_type=np.where(plays.is_kids, KIDS_PROFILE, ADULT),
        start_position_ms=(1_000 * since * seconds).astype(np.int64),
        total_duration_ms=1_000 * seconds,
        **what,
    )
    for percent in MILESTONES:
        mark = percent / 100
        part = (mark - since) / np.maximum(reach - since, 1e-9)
        day.log(
            "playback_completion_milestone",
            began + 1 + _whole(part * elapsed),
            user,
            where=(since < mark) & (mark <= reach),
            percentage_watched=np.full(size, percent),
            watched_ms=_whole(1_000 * part * watched).clip(min=0),
            **what,
        )
    day.log(
        "playback_stop_or_abandon",
        ended,
        user,
        where=~crashes,
        last_watched_position_ms=np.rint(1_000 * reach * seconds).astype(np.int64),
        total_duration_ms=1_000 * seconds,
        watched_ms=watched_ms,
        **what,
    )
    skips = day.chance(causes.skips_intro, size) & (plays.episode > 0)
    for kind, happens in ((SKIP_INTRO, skips), (SEEK_FORWARD, seeks), (PAUSE, pauses)):
        day.log(
            "in_video_interaction",
            began + 1 + (0.4 * elapsed).astype(np.int64),
            user,
            where=happens,
            playback_id=number,
            title_id=plays.title,
            interaction_type=kind,
        )
    visits.now[plays.visit] = ended
    visits.watched[plays.visit] += np.where(crashes, 0.0, watched_ms / 1_000)
    visits.titles[plays.visit] += 1
    visits.has_crashed[plays.visit] |= crashes
    return reach, splits, crashes
