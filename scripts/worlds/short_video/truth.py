"""What the world's own probabilities lead one to expect, without looking at any event.

| metric | above | below |
|---|---|---|
| minutes in reels a day | odds of a visit with reels, times its minutes | odds of such a visit |
| completion, engagement | odds of a view that is completed, engagements | logged views |
| feed minutes a day | odds of a visit, times its minutes | odds of a visit |
| images, stories | odds of a visit with one | odds of a visit, or of one with reels |
| day 30 | odds to come on it | newcomers of a group |
| signups | odds of each source | signups |
| reels | odds of a flow, and that it ends in a reel | days, or flows |

Settled users come on their weekdays, and when they take up reels is drawn before the first day: of
them only what happens in a visit is chance. A newcomer's life is a chain: whether reels are taken
up, and whether by the landmark, is carried from day to day.
"""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.people import NEVER
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.scenario import Truth
from scripts.worlds.short_video.location_truth import WITHOUT_MART, expect_whereabouts
from scripts.worlds.short_video.places import Places
from scripts.worlds.short_video.population import Population, return_odds
from scripts.worlds.short_video.reels import completion_odds
from scripts.worlds.short_video.settings import (
    LANDMARK_DAY,
    LAUNCH_DAYS,
    NOVELTY_DAYS,
    Causes,
)
from scripts.worlds.short_video.sharing import SharingCauses, expect_sharing
from scripts.worlds.short_video.simulation import adoption_odds, calendar_factor, upload_odds

_WITHOUT_MART = ("taken_from_feed", "images_of_creators", "landmark")


@dataclass(frozen=True)
class _Lives:
    """Odds of each user and day, each of shape (days, users).

    Attributes:
        comes: to come.
        uses: to come and to use reels since this day or an earlier one.
        reels: to come and to watch reels.
        novel: the same of those to whom reels are new.
        group: to be in a group by the landmark, (2, users): others, reels.
        back: to be in a group and to come on day 30, (2, users).
    """

    comes: Floats
    uses: Floats
    reels: Floats
    novel: Floats
    group: Floats
    back: Floats


def _settled(population: Population, causes: Causes, lives: _Lives) -> None:
    """Fill in the settled users, of whom all but what is in a visit is known."""
    for day in range(len(lives.comes)):
        comes = population.weekdays[:, day % 7] & (population.joined_day < 0)
        uses = comes & (population.adoption_day <= day)
        first = population.adoption_day == day
        reels = uses * np.where(first, 1.0, causes.uses_reels)
        lives.comes[day] += comes
        lives.uses[day] += uses
        lives.reels[day] += reels
        lives.novel[day] += reels * (day - population.adoption_day < NOVELTY_DAYS)


def _newcomers(causes: Causes, lives: _Lives, users: Integers, joined: int, adopts: Floats) -> None:
    """Fill in newcomers of one day: not yet in reels, or in them since a day.

    Args:
        causes: those of the world.
        lives: what is filled in.
        users: who joined on the day and whose reels were launched on one, too.
        joined: the day.
        adopts: odds that they take up reels on each day on which they come, shape (days,).
    """
    without = 1.0
    since: dict[int, float] = {}
    for day in range(joined, len(lives.comes)):
        age = day - joined
        if age == LANDMARK_DAY + 1:
            lives.group[0, users], lives.group[1, users] = without, sum(since.values())
        odds = {by: return_odds(causes, age, by <= joined + LANDMARK_DAY) for by in (*since, NEVER)}
        comes_without = without * odds[NEVER]
        in_reels = {by: share * odds[by] for by, share in since.items()}
        if age == 30:
            early = sum(o for by, o in in_reels.items() if by <= joined + LANDMARK_DAY)
            lives.back[0, users] = comes_without + sum(in_reels.values()) - early
            lives.back[1, users] = early
        newly = comes_without * float(adopts[day])
        lives.comes[day, users] = comes_without + sum(in_reels.values())
        lives.uses[day, users] = newly + sum(in_reels.values())
        lives.reels[day, users] = newly + causes.uses_reels * sum(in_reels.values())
        lives.novel[day, users] = newly + causes.uses_reels * sum(
            odds_in for by, odds_in in in_reels.items() if day - by < NOVELTY_DAYS
        )
        without -= newly
        since[day] = newly


def _lives(population: Population, causes: Causes, last: int) -> _Lives:
    shape = (last + 1, population.users)
    lives = _Lives(
        *(np.zeros(shape) for _ in range(4)), *(np.zeros((2, population.users)) for _ in range(2))
    )
    _settled(population, causes, lives)
    # Newcomers of one day and one launch have the same odds; of each kind the first speaks for all.
    joined, launch = population.joined_day, population.launch_day
    newcomers = np.flatnonzero((joined >= 0) & (joined <= last))
    days = np.stack([joined[newcomers], launch[newcomers]])
    _, first, kind = np.unique(days, axis=1, return_index=True, return_inverse=True)
    odds = [adoption_odds(causes, population, day)[newcomers[first]] for day in range(last + 1)]
    for number, adopts in enumerate(np.transpose(odds)):
        users = newcomers[kind.ravel() == number]
        _newcomers(causes, lives, users, int(joined[users[0]]), adopts)
    return lives


def _watching(causes: Causes, lives: _Lives) -> Expected:
    """Work out what is watched, from the launch on."""
    days = range(LAUNCH_DAYS[0], len(lives.comes))
    reels, novel = lives.reels.sum(axis=1), lives.novel.sum(axis=1)
    visits = float(sum(reels[day] for day in days))
    minutes = causes.reels_minutes * sum(
        reels[day] + (causes.novelty - 1) * novel[day] for day in days
    )
    completed = sum(
        reels[day] * causes.reaches_quarter * completion_odds(causes, day) for day in days
    )
    engagements = causes.likes + causes.comments + causes.shares + causes.saves
    return {
        "reels_time_spent_per_user.per_active_day": (
            minutes / visits,
            "minutes in reels / days of users with reels",
        ),
        "reel_completion_rate.of_views": (completed / visits, "completed views / views"),
        "reel_engagement_rate": (engagements, "engagements / views"),
        "reel_engagement_rate.net_of_unlikes": (
            engagements - causes.likes * causes.takes_like_back,
            "engagements less likes taken back / views",
        ),
        "reels_session_overlap.Stories": (
            causes.stories,
            "visits with reels and stories / visits with reels",
        ),
        "reels_session_overlap.without_reels.Stories": (
            causes.stories,
            "visits with stories and no reels / visits without reels",
        ),
    }


def _old_features(population: Population, causes: Causes, lives: _Lives) -> Expected:
    """Work out what is done in the features from before, from the launch on."""
    minutes = images = visits = 0.0
    for day in range(LAUNCH_DAYS[0], len(lives.comes)):
        comes, uses = lives.comes[day], lives.uses[day]
        seconds = causes.feed_seconds * calendar_factor(causes, population.country, day)
        kept = comes - causes.taken_from_feed * uses
        minutes += float((seconds * population.level * kept).sum()) / 60
        nobody, everybody = (
            upload_odds(causes, population, np.full(population.users, flag))
            for flag in (False, True)
        )
        images += float(((comes - uses) * nobody + uses * everybody).sum())
        visits += float(comes.sum())
    return {
        "core_feed_time_spent.per_active_day": (
            minutes / visits,
            "minutes in the feed / active days of users",
        ),
        "feature_creations_per_user.per_active_day.Image_Upload": (
            images / visits,
            "images uploaded / days of users with a session",
        ),
    }


def _growth(population: Population, causes: Causes, lives: _Lives, last: int) -> Expected:
    """Work out where newcomers come from, and who is back on day 30."""
    joined = population.joined_day
    signups = joined >= 0
    # Whose week has had its 30 days.
    ripe = signups & (joined // 7 * 7 + 6 + 30 <= last)
    others, reels = (
        float(lives.back[group, ripe].sum() / lives.group[group, ripe].sum()) for group in (0, 1)
    )
    sources = population.declared[signups & (joined <= last)]
    return {
        "reels_user_retention.landmark.reels": (
            reels,
            "new users with reels by the landmark who are active on day 30 / all of these",
        ),
        "reels_user_retention.landmark.others": (
            others,
            "other new users who are active on day 30 / all of these",
        ),
        "reels_attributed_signups.declared_reels": (
            float((sources == 0).mean()),
            "signups that declare a link to a reel / signups",
        ),
    }


def _making(population: Population, causes: Causes, lives: _Lives) -> Expected:
    """Work out how many reels are made, and by which tools."""
    days = np.arange(LAUNCH_DAYS[0], len(lives.reels))
    flows = causes.begins_reel * lives.reels[days][:, population.is_creator].sum(axis=1)
    published = causes.publishes * flows[days >= causes.published_from].sum()
    # One more is published on the day of the launch, without a flow and without a tool.
    reels = published + 1
    return {
        "reels_created": (float(reels) / len(days), "reels / days"),
        "reels_created.flows_published": (
            float(published / flows.sum()),
            "flows that end in a reel / flows",
        ),
        "reels_created.flows_with_draft": (causes.saves_draft, "flows with a draft / flows"),
        "creative_tools_per_reel": (
            float(np.arange(len(causes.tools)) @ causes.tools * published / reels),
            "tools / reels",
        ),
    }


def expect(
    population: Population, places: Places, causes: Causes, sharing: SharingCauses, last: int
) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    lives = _lives(population, causes, last)
    effects: Expected = {
        "feature_time_spent_per_user.taken_from_feed": (
            -causes.taken_from_feed,
            "what reels take from adopters' time in the feed, relative to what it would be",
        ),
        "feature_creations_per_user.images_of_creators": (
            causes.uploads_more - 1,
            "by how much creators upload more images than they would, relative to that",
        ),
    }
    return as_truth(
        _watching(causes, lives)
        | _old_features(population, causes, lives)
        | _growth(population, causes, lives, last)
        | _making(population, causes, lives)
        | effects
        | expect_sharing(sharing)
        | expect_whereabouts(causes, places, last),
        members=("Stories", "Image_Upload"),
        without_mart=_WITHOUT_MART + WITHOUT_MART,
    )
