"""Users: who they are before anything happens."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import NormalDist

import numpy as np

from scripts.worlds.envelope import (
    FIRST_DAY,
    Actors,
    Booleans,
    Floats,
    Integers,
    choose,
    identifiers,
)
from scripts.worlds.messenger.settings import SEASONAL_DAYS, Causes
from scripts.worlds.scenario import Arguments

# How far other traits go with the rate of talking, and how far they go their own way.
_SOCIABILITY, _OWN_SOCIABILITY = 1.0, 0.15
_TASTE, _OWN_TASTE = 1.6, 0.15
_OWN_RESTLESSNESS = 0.3
_WEEKEND_SPREAD = 0.25
_WEEKEND_LIMITS = (0.5, 1.8)
_PLATFORM_SHARES = [0.46, 0.44, 0.10]
_COUNTRIES = ("US", "GB", "DE", "FR", "IN", "BR")
_COUNTRY_SHARES = [0.34, 0.16, 0.15, 0.11, 0.14, 0.10]


@dataclass(frozen=True)
class Population:
    """The users; every array has one entry for each of them.

    Attributes:
        joined_day: day of the world, negative for users from before it.
        talks: talks on an average day.
        reads: sessions without a message on an average day.
        weekend: talks on a day of the weekend, as a multiple of an average day's.
        rich_media: share of images and reactions among the user's messages.
        sociability: weight with which others take the user into a conversation, 1 on average.
        restlessness: factor on the odds of growing tired or leaving.
        actors: the users.
    """

    joined_day: Integers
    talks: Floats
    reads: Floats
    weekend: Floats
    rich_media: Floats
    sociability: Floats
    restlessness: Floats
    actors: Actors

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.joined_day)


def _zest(joining: Booleans, causes: Causes, generator: np.random.Generator) -> Floats:
    """Draw how keen each user is, with a normal distribution that small worlds have too.

    Users from before the world are those whom it has not lost yet. If the odds of leaving go
    down with exp(-loyalty * zest), this moves their distribution up by the loyalty.
    """
    zest = np.empty(len(joining))
    for who, shift in ((joining, 0.0), (~joining, causes.loyalty)):
        size = int(who.sum())
        normal = [NormalDist().inv_cdf((rank + 0.5) / size) for rank in range(size)]
        zest[who] = shift + generator.permutation(normal)
    return zest


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    count = arguments.users
    joining = generator.random(count) < causes.joining_share
    joined_day = np.where(joining, generator.integers(1, arguments.days, count), -1)

    # Who talks much knows more people, likes pictures more and stays longer.
    zest, own = _zest(joining, causes, generator), generator.standard_normal((4, count))
    talks = causes.least_talks + causes.talks * np.exp(causes.talks_spread * zest)
    talks = np.minimum(talks, causes.most_talks)
    sociability = np.exp(_SOCIABILITY * zest + _OWN_SOCIABILITY * own[0])
    usual = np.log(causes.rich_media / (1 - causes.rich_media))
    rich_media = 1 / (1 + np.exp(-(usual + _TASTE * zest + _OWN_TASTE * own[1])))
    restlessness = np.exp(-causes.loyalty * zest + _OWN_RESTLESSNESS * own[2])

    country = generator.choice(len(_COUNTRIES), count, p=_COUNTRY_SHARES)
    return Population(
        joined_day=joined_day,
        talks=talks,
        reads=causes.least_reads + causes.reads_per_talk * talks,
        weekend=np.exp(_WEEKEND_SPREAD * own[3]).clip(*_WEEKEND_LIMITS),
        rich_media=rich_media,
        sociability=sociability / sociability.mean(),
        restlessness=restlessness,
        actors=Actors(
            # Numbers are shuffled so that an id says nothing about the user.
            identifier=identifiers("u", 1 + generator.permutation(count), max(5, len(str(count)))),
            platform=generator.choice(3, count, p=_PLATFORM_SHARES),
            country=choose(_COUNTRIES, country),
            release_lag=generator.choice(3, count, p=[0.7, 0.2, 0.1]),
        ),
    )


def rhythm(population: Population, day: int) -> Floats:
    """Give how much more than usual users have to say on a day, shape (users,)."""
    date = FIRST_DAY + timedelta(days=day)
    weekend = population.weekend
    of_week = weekend if date.weekday() >= 5 else (7 - 2 * weekend) / 5
    return np.asarray(of_week * SEASONAL_DAYS.get((date.month, date.day), 1.0))
