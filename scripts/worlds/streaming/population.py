"""Subscribers: when each is subscribed, how often each comes, and on what they watch."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Actors, Booleans, Floats, Integers
from scripts.worlds.kit.calendar import date_of
from scripts.worlds.kit.people import around_one, draw_actors, joined_days
from scripts.worlds.scenario import Arguments
from scripts.worlds.streaming.settings import (
    PRICE_RISE_DAY,
    PRICE_RISE_LASTS,
    TRIAL_DAYS,
    WEEKDAYS,
    Causes,
)

TV, MOBILE, COMPUTER = range(3)
_DEVICE_SHARES = (0.5, 0.3, 0.2)
_MOBILE_PLATFORM_SHARES = (0.5, 0.35, 0.15)
_MOST = 0.9


@dataclass(frozen=True)
class Population:
    """The users; every array has one entry for each of them.

    Attributes:
        joined_day: day on which the first subscription begins; the service opens on the first day.
        tries_only: whether the user leaves soon after joining.
        price_matters: whether a higher price is a reason to leave.
        subscribed: whether somebody is subscribed, shape (days, users).
        keenness: chance to come on a usual day; 0 for those who have lapsed.
        has_kids: whether there is a profile of children.
        device: index into the types of devices.
        actors: the users.
    """

    joined_day: Integers
    tries_only: Booleans
    price_matters: Booleans
    subscribed: Booleans
    keenness: Floats
    has_kids: Booleans
    device: Integers
    actors: Actors

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.joined_day)


def rhythm(causes: Causes, day: int) -> float:
    """Give how likely people come on a day, relative to a usual one."""
    return float(WEEKDAYS[date_of(day).weekday()] * causes.drift**day)


def comings(population: Population, causes: Causes, day: int) -> Floats:
    """Give the chance of each user to come on a day without a reason of its own, shape (users,)."""
    chance = np.minimum(population.keenness * rhythm(causes, day), _MOST)
    return np.where(population.subscribed[day], chance, 0.0)


def cancel_chance(causes: Causes, price_matters: Booleans, day: int) -> Floats:
    """Give the chance that who is subscribed cancels on a day, shape as `price_matters`."""
    thinks = PRICE_RISE_DAY <= day < PRICE_RISE_DAY + PRICE_RISE_LASTS
    return np.where(thinks & price_matters, causes.price_rise, 1.0) * causes.cancels


def _lives(
    generator: np.random.Generator,
    joined: Integers,
    tries_only: Booleans,
    price_matters: Booleans,
    causes: Causes,
    days: int,
) -> Booleans:
    """Draw who is subscribed when, shape (days, users)."""
    users = len(joined)
    subscribed = np.zeros((days, users), dtype=bool)
    now = np.zeros(users, dtype=bool)
    gone_since = np.full(users, -1)
    trial_ends = joined + generator.integers(TRIAL_DAYS.start, TRIAL_DAYS.stop, users)
    for day in range(days):
        draws = generator.random((2, users))
        leaves = now & (draws[0] < cancel_chance(causes, price_matters, day))
        leaves |= now & tries_only & (day == trial_ends)
        away = day - gone_since
        returns = (gone_since >= 0) & (away <= causes.returns_within)
        returns &= ~now & (draws[1] < causes.returns)
        gone_since = np.where(leaves, day, np.where(returns, -1, gone_since))
        now = (now & ~leaves) | returns | (joined == day)
        subscribed[day] = now
    return subscribed


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    users = arguments.users
    joined = joined_days(generator, arguments, 1 - causes.founding_share, first=1)
    founds = joined < 0
    joined = np.where(founds, 0, joined)
    tries_only = (generator.random(users) < causes.tries_only) & ~founds
    price_matters = generator.random(users) < causes.price_matters
    keenness = causes.comes * generator.gamma(causes.evenness, 1 / causes.evenness, users)
    keenness = np.where(generator.random(users) < causes.lapsed, 0.0, keenness)
    device = generator.choice(len(_DEVICE_SHARES), users, p=_DEVICE_SHARES)
    return Population(
        joined_day=joined,
        tries_only=tries_only,
        price_matters=price_matters,
        subscribed=_lives(generator, joined, tries_only, price_matters, causes, arguments.days),
        keenness=keenness * around_one(generator, 0.1, users),
        has_kids=generator.random(users) < causes.kids,
        device=device,
        actors=draw_actors(generator, {"u": users}, _MOBILE_PLATFORM_SHARES),
    )
