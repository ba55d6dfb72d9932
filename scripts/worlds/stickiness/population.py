"""Users: who joins and settles, what their habit is, and when they are away."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import WEB, Actors, Booleans, Floats, Integers
from scripts.worlds.kit.calendar import date_of
from scripts.worlds.kit.people import NEVER, around_one, draw_actors, joined_days
from scripts.worlds.scenario import Arguments
from scripts.worlds.stickiness.settings import (
    BOT_DAYS,
    COUNTRY_OFFSETS,
    FOUNDING_DAYS,
    HOLIDAY,
    HONEYMOON_DAYS,
    WEEKDAYS,
    Causes,
)

PLATFORM_SHARES = (0.4, 0.38, 0.22)
_USERS_PER_BOT = 100
_LEAST_BOTS = 2
_PACE_SPREAD = 0.25


@dataclass(frozen=True)
class Population:
    """The users; every array has one entry for each of them, bots come last among the actors.

    Attributes:
        joined_day: day of the world on which the user joins.
        settles: whether the user stays after the first days.
        habit: chance to come on a usual day, of who settles.
        digest_day: day from which on the daily digest reaches the user.
        taste: how much likelier than others the user creates something.
        pace: factor on the seconds that the user takes.
        away: whether the user has lapsed, shape (days, users).
        offset: minutes by which the user's clock is ahead of UTC, of bots, too.
        bots: how many actors are scripts.
        actors: the users, and the bots after them.
    """

    joined_day: Integers
    settles: Booleans
    habit: Floats
    digest_day: Integers
    taste: Floats
    pace: Floats
    away: Booleans
    offset: Integers
    bots: int
    actors: Actors

    @property
    def users(self) -> int:
        """Number of people."""
        return len(self.joined_day)

    @property
    def is_mobile(self) -> Booleans:
        """Whether a user has the app, and not only a browser, shape (users,)."""
        return np.asarray(self.actors.platform[: self.users] != WEB)

    def bots_of(self, day: int) -> Integers:
        """Give the bots that run on a day, as actors."""
        bots = np.arange(self.bots)
        return np.asarray(self.users + bots[day % BOT_DAYS == (9 + 7 * bots) % BOT_DAYS])

    def has_digest(self, day: int) -> Booleans:
        """Tell whom the daily digest has reached, shape (users,)."""
        return np.asarray(self.digest_day <= day)


def comings(population: Population, causes: Causes, day: int) -> Floats:
    """Give the chance of each user to come on a day, shape (users,)."""
    age = day - population.joined_day
    odds = population.habit / (1 - population.habit) * causes.odds_drift**day
    odds = odds * np.where(population.has_digest(day), causes.digest_odds, 1.0)
    habit = odds / (1 + odds)
    young = np.where(age <= HONEYMOON_DAYS, np.maximum(causes.honeymoon, habit), habit)
    curious = causes.curiosity * causes.curiosity_lasts ** np.maximum(age - 1, 0)
    curious = np.where(age > HONEYMOON_DAYS, causes.looks_in, curious)
    chance = np.where(population.settles, young, curious) * rhythm(day) * ~population.away[day]
    return np.where(age < 0, 0.0, np.where(age == 0, 1.0, chance))


def rhythm(day: int) -> float:
    """Give how likely people come on a day, relative to a usual one."""
    return WEEKDAYS[date_of(day).weekday()] * (0.6 if day in HOLIDAY else 1.0)


def again_chance(causes: Causes, day: int) -> float:
    """Give the chance that who comes on a day comes twice."""
    return min(causes.again * causes.again_growth**day, causes.most_again)


def creation_chance(population: Population, causes: Causes, day: int) -> Floats:
    """Give the chance of each user to create something in a session, shape (users,)."""
    chance = causes.creates * causes.creation_growth**day * population.taste
    return np.minimum(chance, causes.most_creates)


def _settling(generator: np.random.Generator, joined: Integers, causes: Causes) -> Booleans:
    """Draw who settles.

    Systematic sampling in the order of joining: as many of each time's newcomers as the chance
    says, give or take one, so that a small world's cohorts are no lottery.
    """
    order = np.lexsort((generator.random(len(joined)), joined))
    chance = np.minimum(causes.settles * causes.onboarding ** joined[order], 0.95)
    chance[joined[order] < FOUNDING_DAYS] = causes.founders_settle
    until = np.cumsum(chance) + generator.random()
    settles = np.empty(len(joined), dtype=bool)
    settles[order] = np.floor(until) > np.floor(until - chance)
    return settles


def _habits(generator: np.random.Generator, causes: Causes, users: int) -> Floats:
    """Draw habits, with a beta distribution that small worlds have too."""
    ranks = (np.arange(users) + 0.5) / users
    quantiles = np.quantile(generator.beta(*causes.habit, 20_000), ranks)
    return generator.permutation(quantiles).clip(causes.least_habit, causes.most_habit)


def _absences(
    generator: np.random.Generator, joined: Integers, settles: Booleans, causes: Causes, days: int
) -> Booleans:
    """Draw who is away when, shape (days, users)."""
    away = np.zeros((days, len(joined)), dtype=bool)
    until = np.zeros(len(joined), dtype=np.int64)
    for day in range(days):
        chance = generator.random(len(joined))
        stays = causes.least_away + generator.exponential(causes.mean_away, len(joined))
        here = settles & (day > joined + HONEYMOON_DAYS) & (until <= day)
        until = np.where(
            here & (chance < causes.lapses * causes.lapses_growth**day),
            day + stays.astype(np.int64),
            until,
        )
        away[day] = until > day
    return away


def _digest_days(generator: np.random.Generator, habit: Floats, causes: Causes) -> Integers:
    """Draw when the digest reaches casual users, evenly over the days in which it does."""
    if causes.digest_first_day is None:
        return np.full(len(habit), NEVER)
    shares = generator.permutation((np.arange(len(habit)) + 0.5) / len(habit))
    span = causes.digest_last_day - causes.digest_first_day
    reached = causes.digest_first_day + (span * shares).astype(np.int64)
    return np.where(habit < causes.digest_habit, reached, NEVER)


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    users = arguments.users
    bots = max(_LEAST_BOTS, users // _USERS_PER_BOT)
    joined = joined_days(generator, arguments, 1 - causes.founding_share, first=FOUNDING_DAYS)
    founding = generator.integers(0, FOUNDING_DAYS, users)
    joined = np.where(joined < 0, founding, joined)
    settles = _settling(generator, joined, causes)
    habit = _habits(generator, causes, users)
    actors = draw_actors(generator, {"u": users + bots}, PLATFORM_SHARES)
    offsets = np.array([COUNTRY_OFFSETS[name] for name in actors.country.dictionary.to_pylist()])
    return Population(
        joined_day=joined,
        settles=settles,
        habit=habit,
        digest_day=np.maximum(_digest_days(generator, habit, causes), joined + HONEYMOON_DAYS + 1),
        taste=around_one(generator, causes.creation_spread, users),
        pace=around_one(generator, _PACE_SPREAD, users),
        away=_absences(generator, joined, settles, causes, arguments.days),
        offset=offsets[actors.country.indices.to_numpy()],
        bots=bots,
        actors=actors,
    )
