"""Riders and drivers: who they are before anything happens."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import Actors, Booleans, Floats, Integers, choose
from scripts.worlds.kit.members import Members
from scripts.worlds.kit.people import (
    around_one,
    joined_days,
    release_lags,
    shares_around,
    shuffled_ids,
)
from scripts.worlds.ride_sharing.settings import CITIES, LAUNCH_DAY, Causes
from scripts.worlds.scenario import Arguments

_HABIT_SPREAD = 0.6
_SHARE_CONCENTRATION = 4.0


@dataclass(frozen=True)
class Population:
    """Riders and drivers, each sorted by city.

    Attributes:
        rider_city: index into `CITIES`, shape (riders,).
        trips_per_day: each rider's habit, shape (riders,).
        carpool_share: share of trips a rider would pool once used to it, shape (riders,).
        joined_day: day of the world, negative for riders from before it, shape (riders,).
        driver_city: index into `CITIES`, shape (drivers,).
        prefers_carpool: drivers who prefer carpools, shape (drivers,).
        actors: the riders, then the drivers.
    """

    rider_city: Integers
    trips_per_day: Floats
    carpool_share: Floats
    joined_day: Integers
    driver_city: Integers
    prefers_carpool: Booleans
    actors: Actors

    @cached_property
    def riders_by_city(self) -> Members:
        """The riders of each city."""
        return Members(self.rider_city, len(CITIES))

    @cached_property
    def drivers_by_city(self) -> Members:
        """The drivers of each city."""
        return Members(self.driver_city, len(CITIES))

    @property
    def riders(self) -> int:
        """Number of riders; driver d is actor `riders + d`."""
        return len(self.rider_city)


def populate(arguments: Arguments, causes: Causes) -> Population:
    """Draw the riders and drivers of a world."""
    generator = np.random.default_rng([arguments.seed, 0])
    count = arguments.users
    shares = np.array([city.share for city in CITIES])
    rider_city = np.searchsorted(np.cumsum(shares), (np.arange(count) + 0.5) / count)

    joined_day = joined_days(generator, arguments, causes.joining_share)
    platform = generator.choice(3, count, p=[0.48, 0.42, 0.10])
    habit = around_one(generator, _HABIT_SPREAD, count)

    openness = np.array([city.openness for city in CITIES])[rider_city]
    openness = openness * np.where(joined_day >= 0, causes.new_rider_openness, 1.0)
    openness = openness * np.where(platform == 2, causes.web_openness, 1.0)
    mean_share = np.minimum(causes.carpool_share * openness, 0.9)
    carpool_share = shares_around(generator, mean_share, _SHARE_CONCENTRATION, count)

    riders_in_city = np.bincount(rider_city, minlength=len(CITIES))
    drivers_in_city = np.maximum(3, np.round(riders_in_city / causes.riders_per_driver))
    driver_city = np.repeat(np.arange(len(CITIES)), drivers_in_city.astype(np.int64))
    drivers = len(driver_city)
    # Evenly among the drivers of all cities, whose ids are shuffled.
    preferring = np.floor(np.arange(drivers + 1) * causes.drivers_preferring_carpool + 0.5)

    countries = tuple(city.country for city in CITIES)
    actors = Actors(
        identifier=pa.concat_arrays(
            [
                shuffled_ids(generator, {"u": count}),
                shuffled_ids(generator, {"d": drivers}, max(4, len(str(count)))),
            ]
        ),
        platform=np.concatenate([platform, generator.choice(2, drivers, p=[0.3, 0.7])]),
        country=choose(countries, np.concatenate([rider_city, driver_city])),
        release_lag=release_lags(generator, count + drivers),
    )
    return Population(
        rider_city=rider_city.astype(np.int64),
        trips_per_day=causes.trips_per_day * habit,
        carpool_share=carpool_share,
        joined_day=joined_day,
        driver_city=driver_city,
        prefers_carpool=np.diff(preferring) > 0,
        actors=actors,
    )


def demand(
    population: Population, causes: Causes, day: int, who: slice = slice(None)
) -> tuple[Floats, Floats]:
    """Give each rider's trips on an average day: (by carpool request, standard), (riders,) each.

    Riders who have not joined yet take none. The wish to pool grows after the launch as habit
    spreads, and wears off where the service tires people.
    """
    trips = np.where(population.joined_day[who] <= day, population.trips_per_day[who], 0.0)
    age = day - LAUNCH_DAY
    if age < 0:
        return np.zeros_like(trips), trips
    adoption = (1 - np.exp(-(age + 1) / causes.adoption_days)) * np.exp(-age / causes.fatigue_days)
    carpool = trips * population.carpool_share[who] * adoption
    return carpool, trips - carpool
