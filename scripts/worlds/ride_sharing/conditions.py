"""What an hour in a city is like: rhythm, supply, and so the odds of a match."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Floats
from scripts.worlds.kit.calendar import local_clock
from scripts.worlds.ride_sharing.population import Population
from scripts.worlds.ride_sharing.settings import CITIES, Causes

# Relative demand in each local hour of a working day and of a day at the weekend.
_WORKING_DAY = np.array(
    [3, 2, 1, 1, 2, 4, 8, 16, 18, 13, 8, 8, 9, 9, 9, 11, 17, 20, 17, 12, 9, 8, 7, 5], dtype=float
)
_WEEKEND_DAY = np.array(
    [9, 7, 5, 3, 2, 2, 3, 4, 6, 8, 10, 11, 12, 12, 12, 12, 12, 13, 14, 14, 13, 13, 12, 11],
    dtype=float,
)
_DAY_FACTOR = np.array([0.95, 0.97, 1.0, 1.04, 1.2, 1.02, 0.82])
_COMMUTING = 1.35
_PEAK_HOURS = (7, 8, 9, 16, 17, 18)


@dataclass(frozen=True)
class Conditions:
    """Hourly conditions; every array has shape (days, cities, 24 UTC hours).

    Attributes:
        peak: whether the hour is a peak hour by local time.
        standard_rhythm: a day's standard trips in this hour, as a part of an average day.
        carpool_rhythm: the same for carpool requests, which lean towards commuting.
        match: probability that a request that is not withdrawn is matched.
        withdrawal: probability that a rider cancels before any match.
    """

    peak: Booleans
    standard_rhythm: Floats
    carpool_rhythm: Floats
    match: Floats
    withdrawal: Floats


def foresee(population: Population, causes: Causes, days: int) -> Conditions:
    """Work out the conditions of every hour from the calendar, the riders and the drivers."""
    weekday, hour = local_clock([city.time_zone for city in CITIES], days)
    week = np.array([_WORKING_DAY] * 5 + [_WEEKEND_DAY] * 2)
    week *= (_DAY_FACTOR / week.sum(axis=1))[:, None]
    is_peak = np.zeros((7, 24), dtype=bool)
    is_peak[:5, _PEAK_HOURS] = True
    commuting = week * np.where(is_peak, _COMMUTING, 1.0)
    # Both rhythms add up to seven average days in a week.
    week *= 7 / week.sum()
    commuting *= 7 / commuting.sum()

    # Drivers follow demand, but not all the way: at peak there are more trips for each driver.
    # There are drivers for the riders of an average day, so later days are busier.
    crowding = (week * 24) ** (1 - causes.shift_elasticity)
    rider_city, joined = population.rider_city, population.joined_day
    arrivals = np.zeros((days, len(CITIES)))
    np.add.at(arrivals, (joined.clip(min=0), rider_city), 1)
    riders = arrivals.cumsum(axis=0)
    hired_for = np.bincount(rider_city, minlength=len(CITIES)) * (1 - causes.joining_share / 2)
    supply = causes.supply * np.array([city.supply for city in CITIES]) * (hired_for / riders)
    match = 1 - np.exp(-supply[:, :, None] / crowding[weekday, hour])
    return Conditions(
        peak=is_peak[weekday, hour],
        standard_rhythm=week[weekday, hour],
        carpool_rhythm=commuting[weekday, hour],
        match=match,
        withdrawal=causes.impatience + causes.impatience_when_short * (1 - match),
    )
