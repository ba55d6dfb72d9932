"""Users: who they are before anything happens."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from scripts.worlds.envelope import Actors, Booleans, Floats, Integers
from scripts.worlds.kit.calendar import date_of
from scripts.worlds.kit.people import draw_actors, joined_days
from scripts.worlds.messenger.settings import SEASONAL_DAYS, Causes
from scripts.worlds.scenario import Arguments

# How far other traits go with the rate of talking, and how far they go their own way.
_SOCIABILITY, _OWN_SOCIABILITY = 1.0, 0.15
_TASTE, _OWN_TASTE = 1.6, 0.15
_OWN_RESTLESSNESS = 0.3
_WEEKEND_SPREAD = 0.25
_WEEKEND_LIMITS = (0.5, 1.8)


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
    joined_day = joined_days(generator, arguments, causes.joining_share, first=1)

    # Who talks much knows more people, likes pictures more and stays longer.
    zest = _zest(joined_day >= 0, causes, generator)
    own = generator.standard_normal((4, arguments.users))
    talks = causes.least_talks + causes.talks * np.exp(causes.talks_spread * zest)
    talks = np.minimum(talks, causes.most_talks)
    sociability = np.exp(_SOCIABILITY * zest + _OWN_SOCIABILITY * own[0])
    usual = np.log(causes.rich_media / (1 - causes.rich_media))
    rich_media = 1 / (1 + np.exp(-(usual + _TASTE * zest + _OWN_TASTE * own[1])))
    restlessness = np.exp(-causes.loyalty * zest + _OWN_RESTLESSNESS * own[2])

    return Population(
        joined_day=joined_day,
        talks=talks,
        reads=causes.least_reads + causes.reads_per_talk * talks,
        weekend=np.exp(_WEEKEND_SPREAD * own[3]).clip(*_WEEKEND_LIMITS),
        rich_media=rich_media,
        sociability=sociability / sociability.mean(),
        restlessness=restlessness,
        actors=draw_actors(generator, {"u": arguments.users}, causes.platforms),
    )


def rhythm(population: Population, day: int) -> Floats:
    """Give how much more than usual users have to say on a day, shape (users,)."""
    date = date_of(day)
    weekend = population.weekend
    of_week = weekend if date.weekday() >= 5 else (7 - 2 * weekend) / 5
    return np.asarray(of_week * SEASONAL_DAYS.get((date.month, date.day), 1.0))
