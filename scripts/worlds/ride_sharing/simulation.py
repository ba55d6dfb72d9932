"""One day of ride sharing, from wishes to rides to opinions."""

import numpy as np

from scripts.worlds.ride_sharing.conditions import Conditions
from scripts.worlds.ride_sharing.day import Day, DayLog, State
from scripts.worlds.ride_sharing.opinions import log_ratings, log_tickets
from scripts.worlds.ride_sharing.population import Population, demand
from scripts.worlds.ride_sharing.requests import log_matches, request_carpools
from scripts.worlds.ride_sharing.rides import drive, log_legs, log_rides
from scripts.worlds.ride_sharing.settings import Causes
from scripts.worlds.scenario import Columns


def simulate_day(
    number: int,
    population: Population,
    causes: Causes,
    conditions: Conditions,
    state: State,
    generator: np.random.Generator,
    end: int,
) -> dict[str, Columns]:
    """Simulate what starts on one UTC day.

    Args:
        number: day of the world, from 0.
        population: riders and drivers.
        causes: settings of the world.
        conditions: what each hour is like.
        state: what is left of the days before; updated.
        generator: this day's own source of chance.
        end: second at which the world ends.

    Returns:
        Columns of numbers for each event; codes and indexes are spelled out in events.py.
    """
    log = DayLog(generator, end)
    day = Day(number, population, causes, conditions, generator, log, state)
    carpool, standard = demand(population, causes, number)
    waves = request_carpools(day, carpool)
    rides, aboard = drive(day, waves, standard)
    # Carpools come first among the rides, in the order of their waves.
    carpools = int((waves.ride_number >= 0).sum())
    log_matches(day, waves, rides.driver[:carpools])
    log_rides(day, rides, aboard)
    log_legs(day, rides, aboard)
    log_ratings(day, rides, aboard)
    log_tickets(day, rides, aboard)
    return log.events()
