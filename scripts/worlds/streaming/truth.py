"""What the world's own probabilities lead one to expect, without looking at any event.

| metric | above | below |
|---|---|---|
| daily users | users who come, or whose television logs in | days |
| churn | subscribers at the start of a month who leave in it | these subscribers |
| measured film | viewers who come so far | viewers who do not start it by accident |
| hook | first playbacks of a first episode that complete it | those with a stop, by no accident |
| films | first playbacks of a film that complete it at once | those with a stop, by no accident |
| accidents | playbacks by accident | playbacks of films that somebody looks for |
| crashes | playbacks without a stop | playbacks by no accident |

When people are subscribed is given: they are drawn before anything is watched. What is watched next
depends on what was watched before, so it is the first playbacks that are told of: nothing comes
before them.
"""

from itertools import pairwise

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.calendar import month_starts
from scripts.worlds.kit.truth import Expected, as_truth
from scripts.worlds.scenario import Truth
from scripts.worlds.streaming.catalogue import premiere_of
from scripts.worlds.streaming.population import TV, cancel_chance, comings
from scripts.worlds.streaming.settings import LEAVES, PREMIERE_DAYS, TRIAL_DAYS, WATCHES_CREDITS
from scripts.worlds.streaming.viewing import CREDITS, CREDITS_FROM, MILESTONES, crash_chance
from scripts.worlds.streaming.world import World

_WITHOUT_MART = ("by_user", "of_the_measured_film", "of_first_playbacks", "by_playback")
_STEPS = 20_000


def _drawn_by_premiere(world: World, day: int) -> Floats:
    """Give the chance of each user to come on a day for a premiere, shape (users,)."""
    keen = world.population.keenness > 0
    chance = np.zeros(world.population.users)
    for offset, share in enumerate(PREMIERE_DAYS):
        if premiere_of(day - offset) >= 0:
            chance += world.causes.premiere_pull * share * keen
    return np.where(world.population.subscribed[day], chance, 0.0)


def _daily_users(world: World, last: int) -> Floats:
    """Give how many users are expected on each day, shape (days,)."""
    causes, population = world.causes, world.population
    users = []
    for day in range(last + 1):
        comes = 1 - (1 - comings(population, causes, day)) * (1 - _drawn_by_premiere(world, day))
        is_on = causes.logs_in_by_itself * (population.device == TV) * population.subscribed[day]
        users.append(float((1 - (1 - comes) * (1 - is_on)).sum()))
    return np.array(users)


def _trial_ends(joined: Integers, first: int, end: int) -> Floats:
    """Give the chance that a trial which has not ended by a day does so before another one."""
    days = joined[:, None] + np.arange(TRIAL_DAYS.start, TRIAL_DAYS.stop)
    left = days >= first
    return np.asarray((left & (days < end)).sum(axis=1) / np.maximum(left.sum(axis=1), 1))


def _churn(world: World, last: int) -> float:
    """Give the share of subscribers at the start of a month who are expected to leave in it."""
    causes, population = world.causes, world.population
    starters = leavers = 0.0
    for first, end in pairwise(month_starts(last + 2)):
        there = population.subscribed[first - 1]
        stays = np.prod(
            [1 - cancel_chance(causes, population.price_matters, day) for day in range(first, end)],
            axis=0,
        )
        trial = _trial_ends(population.joined_day, first, end) * population.tries_only
        starters += float(there.sum())
        leavers += float((there * (1 - stays * (1 - trial))).sum())
    return leavers / starters


def _stays(part: Floats) -> Floats:
    """Give the odds that a viewer of the measured film comes so far, if nothing crashes."""
    until = np.append(1.0, np.cumprod(1 - np.array(LEAVES)))
    before_credits = np.interp(part, np.arange(10) / 10, until)
    in_credits = WATCHES_CREDITS + (1 - WATCHES_CREDITS) * (1 - part) / (1 - CREDITS_FROM)
    after = until[-1] * np.minimum(in_credits, 1.0)
    return np.asarray(np.where(part <= CREDITS, before_credits, after), dtype=np.float64)


def _retention(world: World) -> Expected:
    """Work out the curve of the measured film, of viewers who do not start it by accident."""
    crashes = crash_chance(world.causes, world.population.device == TV)
    share = float(crashes.mean())
    middle = (np.arange(_STEPS) + 0.5) / _STEPS
    expected: Expected = {}
    for percent in range(10, 91, 10):
        # A crash leaves its last milestone, wherever it came after that.
        mark = min(mile for mile in MILESTONES if mile >= percent) / 100
        crashed = float(np.where(middle >= mark, _stays(np.minimum(mark / middle, 1)), 0.0).mean())
        stays = float(_stays(np.array(percent / 100)))
        expected[f"audience_retention_curve.viewers_{percent}.of_the_measured_film"] = (
            (1 - share) * stays + share * crashed,
            f"viewers who come to {percent} % of the measured film / viewers who start it",
        )
    return expected


def expect(world: World, last: int) -> Truth:
    """Work out the expected metrics of the days up to `last`, as ratios of sums."""
    causes = world.causes
    expected: Expected = {
        "streaming_active_users.dau": (
            float(_daily_users(world, last).mean()),
            "mean daily active users",
        ),
        "subscriber_churn_rate.of_starters.by_user": (
            _churn(world, last),
            "subscribers at the start of a month who leave in it / these subscribers",
        ),
    }
    for name, chance in (
        ("good_starts", causes.good_hook),
        ("bad_starts", causes.bad_hook),
        ("flagships", causes.flagship_hook),
    ):
        expected[f"series_hook_rate.{name}.of_first_playbacks"] = (
            chance,
            "first playbacks of a first episode that complete it / those with a stop",
        )
    expected["percentage_completion.films.of_first_playbacks"] = (
        causes.film_completes * (1 - causes.splits),
        "first playbacks of a film by adults that complete it / those with a stop",
    )
    expected["views_per_title.accidents.by_playback"] = (
        causes.accidents,
        "playbacks of films by accident / playbacks of films that somebody looks for",
    )
    for name, on_tv in (("tv", True), ("elsewhere", False)):
        expected[f"average_view_duration.crashes_{name}.by_playback"] = (
            float(crash_chance(causes, np.array(on_tv))),
            "playbacks without a stop / playbacks that are no accident",
        )
    return as_truth(expected | _retention(world), without_mart=_WITHOUT_MART)
