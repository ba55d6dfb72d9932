"""What the world's own probabilities lead one to expect, without looking at any event.

The lives of the users are given: when they join, whether they settle, when they are away. On which
days they come follows from these by chance alone, each day for itself, and so does what they do
when they come. How often somebody is active on so many days is therefore a sum of unlike coins.
"""

from itertools import pairwise

import numpy as np

from scripts.worlds.envelope import Floats
from scripts.worlds.kit.calendar import month_starts
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.scenario import Truth
from scripts.worlds.stickiness.population import again_chance, comings, creation_chance
from scripts.worlds.stickiness.simulation import (
    INTERACTIONS,
    VIEWS,
    session_seconds,
    view_rate,
)
from scripts.worlds.stickiness.world import World

WINDOW = 28
_RETENTION_DAYS = (1, 7, 30)
_WITHOUT_MART = ("of_whole_weeks", "of_the_last_month")


class _Coming:
    """The chance of each user to come on each day, shape (days, users)."""

    def __init__(self, world: World, last: int) -> None:
        days = range(last + 1)
        self.again = np.array([again_chance(world.causes, day) for day in days])
        self.chance = np.stack([comings(world.population, world.causes, day) for day in days])

    def any_of(self, day: int, odds: Floats) -> Floats:
        """Give the odds that any session of an active day is of a kind, from each one's odds."""
        again = self.again[day]
        return np.asarray(1 - (1 - again) * (1 - odds) - again * (1 - odds) ** 2)

    def active(self, first: int, end: int) -> Floats:
        """Give the odds of coming on any of some days, shape (users,)."""
        return np.asarray(1 - np.prod(1 - self.chance[first:end], axis=0))

    def active_days(self, first: int, end: int) -> Floats:
        """Give the odds of coming on 0, 1, ... of some days, shape (days + 1, users)."""
        odds = np.zeros((end - first + 1, self.chance.shape[1]))
        odds[0] = 1
        for chance in self.chance[first:end]:
            odds[1:] = odds[1:] * (1 - chance) + odds[:-1] * chance
            odds[0] *= 1 - chance
        return odds


def _depth(world: World, coming: _Coming, last: int) -> Expected:
    """Work out what users do on the days on which they come."""
    causes, population = world.causes, world.population
    sums = dict.fromkeys(("days", "sessions", "views", "seconds", "creators", "social"), 0.0)
    rate = np.full(population.users, causes.interacts)
    any_interaction, interactions = 1 - INTERACTIONS.odds(rate)[0], INTERACTIONS.mean(rate)
    for day in range(last + 1):
        chance, digest = coming.chance[day], population.has_digest(day)
        sessions = chance * (1 + coming.again[day])
        creates = creation_chance(population, causes, day)
        views = VIEWS.mean(view_rate(causes, digest))
        steps = 1 + views + sum(causes.features) + creates + interactions
        step = 1 + population.pace * session_seconds(causes, digest)
        for name, amount in (
            ("days", chance),
            ("sessions", sessions),
            ("views", sessions * views),
            ("seconds", sessions * steps * step),
            ("creators", chance * coming.any_of(day, creates)),
            ("social", chance * coming.any_of(day, any_interaction)),
        ):
            sums[name] += float(amount.sum())
    return {
        "active_day_ratios.dau": (sums["days"] / (last + 1), "mean daily active users"),
        "content_views_per_user": (sums["views"] / sums["sessions"], "views / sessions"),
        "content_views_per_user.per_user_day": (
            sums["views"] / sums["days"],
            "views / active days of users",
        ),
        "time_spent_per_active_user": (
            sums["seconds"] / 60 / sums["days"],
            "minutes in sessions / active days of users",
        ),
        "creating_user_share": (
            sums["creators"] / sums["days"],
            "days on which a user creates something / active days of users",
        ),
        "social_user_share": (
            sums["social"] / sums["days"],
            "days on which a user turns to others / active days of users",
        ),
    }


def _weekly(world: World, coming: _Coming, last: int) -> Expected:
    """Work out what is counted by the week."""
    causes, population = world.causes, world.population
    weeks = [(day, day + 7) for day in range(0, last - 5, 7)]
    active = np.stack([coming.active(*week) for week in weeks])
    users = float(active.sum())
    end = weeks[-1][1]
    coming_users = coming.chance[:end].sum(axis=1)
    days, again = float(coming_users.sum()), float(coming_users @ coming.again[:end])
    joined = population.joined_day < np.arange(end)[:, None]
    swiped = causes.pushes * causes.push_starts_session * population.is_mobile
    starts = (
        (days + again) * (1 + causes.restarts)
        - again * causes.keeps_session_id
        + float(((1 - coming.chance[:end]) * joined * swiped).sum())
    )
    uses = np.stack([coming.any_of(day, np.array(causes.features)) for day in range(end)])
    features = sum(
        float((1 - np.prod(1 - coming.chance[first:after] * used[:, None], axis=0)).sum())
        for first, after in weeks
        for used in uses[first:after].T
    )
    kept = sum(
        float((now * before).sum())
        # Whether somebody comes in one week says nothing of the next, given the user's life.
        for before, now in pairwise(active)
    )
    return {
        "session_frequency_per_user.week": (
            starts / (7 * users),
            "logged starts of sessions / days of the users of a week",
        ),
        "session_frequency_per_user.by_idle_time.week": (
            (days + again) / (7 * users),
            "sessions / days of the users of a week",
        ),
        "features_used_per_user.week": (
            features / users,
            "distinct features that a user uses in a week / users of the week",
        ),
        "rolling_window_retention.week": (
            kept / float(active[:-1].sum()),
            "users of two weeks that follow each other / users of the first",
        ),
        # The mart has no value for the first seven days.
        "lness.of_whole_weeks": (
            float(coming_users[7:].sum()) / float(active[1:].sum()),
            "active days of a week / its users",
        ),
    }


def _retention(world: World, coming: _Coming, last: int) -> Expected:
    """Work out how many come back on a day after joining, of weeks in which that is over."""
    joined = world.population.joined_day
    expected: Expected = {}
    for number in _RETENTION_DAYS:
        users = np.flatnonzero(joined // 7 * 7 + 6 + number <= last)
        come = coming.chance[joined[users] + number, users]
        expected[f"day_n_retention.d{number}.cohort"] = (
            float(come.sum()) / len(users),
            f"new users who come on day {number} / new users, of weeks in which it is over",
        )
    return expected


def _last_month(coming: _Coming, last: int) -> Expected:
    """Work out the active days of the last 28 days of the last complete month."""
    end = month_starts(last + 2)[-1]
    odds = coming.active_days(end - WINDOW, end)
    active = float((1 - odds[0]).sum())
    return {
        "active_days_distribution.over_15.of_the_last_month": (
            float(odds[16:].sum()) / active,
            "users active on more than 15 of 28 days / users active on any",
        ),
        "engagement_tiers.of_the_last_month": (
            float(odds[8:].sum()) / active,
            "users active on at least 8 of 28 days / users active on any",
        ),
    }


def expect(world: World, last: int) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    coming = _Coming(world, last)
    return as_truth(
        _depth(world, coming, last)
        | _weekly(world, coming, last)
        | _retention(world, coming, last)
        | _last_month(coming, last),
        without_mart=_WITHOUT_MART,
    )
