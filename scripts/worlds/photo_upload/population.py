"""Users before anything happens: how often they want to post, and where they are."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import ANDROID, Actors, Booleans, Floats, Integers
from scripts.worlds.kit.people import around_one, draw_actors, draw_countries, joined_days
from scripts.worlds.photo_upload.settings import (
    OUTAGE_DAY,
    OUTAGE_REGION,
    REGION_OF_COUNTRY,
    Causes,
)
from scripts.worlds.scenario import Arguments

_FLOWS_SPREAD = 0.7
_PLATFORM_SHARES = (0.55, 0.30, 0.15)


@dataclass(frozen=True)
class Population:
    """The users; every array has one entry for each of them.

    Attributes:
        joined_day: day of joining, -1 before the world.
        flows_per_day: wishes to post on an average day.
        region: index into `REGIONS`.
        actors: the users.
    """

    joined_day: Integers
    flows_per_day: Floats
    region: Integers
    actors: Actors

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.joined_day)

    def is_here(self, day: int) -> Booleans:
        """Tell who has joined until a day, shape (users,)."""
        return np.asarray(self.joined_day <= day)

    def wishes(self, causes: Causes, day: int) -> Floats:
        """Give the wishes to post of a day, on average, shape (users,)."""
        rate = self.flows_per_day * causes.weekday[day % 7]
        return np.where(self.is_here(day), rate, 0.0)

    def surge(self, causes: Causes, day: int) -> Floats:
        """Give the wishes that a festival adds in the hours of the outage, shape (users,)."""
        celebrates = (day == OUTAGE_DAY) & self.is_here(day) & (self.region == OUTAGE_REGION)
        return np.where(celebrates, causes.surge, 0.0)

    def slow(self, causes: Causes, day: int) -> Booleans:
        """Tell who has the bad release on Android on a day, shape (users,)."""
        release = np.maximum(day // 28 - self.actors.release_lag, 0)
        return np.asarray((release == causes.bad_release) & (self.actors.platform == ANDROID))


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the users of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    count = arguments.users
    joined_day = joined_days(generator, arguments, causes.joining_share)
    habit = around_one(generator, _FLOWS_SPREAD, count)
    country = draw_countries(generator, count)
    codes: pa.Array = country.indices
    return Population(
        joined_day=joined_day,
        flows_per_day=causes.flows_per_day * habit,
        region=REGION_OF_COUNTRY[codes.to_numpy()],
        actors=draw_actors(generator, {"u": count}, _PLATFORM_SHARES, country),
    )
