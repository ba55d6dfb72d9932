"""One day of ride sharing, from wishes to rides to opinions."""

from scripts.worlds.kit.day import Day
from scripts.worlds.ride_sharing.opinions import log_ratings, log_tickets
from scripts.worlds.ride_sharing.population import demand
from scripts.worlds.ride_sharing.requests import log_matches, request_carpools
from scripts.worlds.ride_sharing.rides import drive, log_legs, log_rides
from scripts.worlds.ride_sharing.world import World


def simulate_day(world: World, day: Day) -> None:
    """Simulate what starts on one UTC day; codes and indexes are spelled out in events.py."""
    carpool, standard = demand(world.population, world.causes, day.number)
    waves = request_carpools(world, day, carpool)
    rides, aboard = drive(world, day, waves, standard)
    # Carpools come first among the rides, in the order of their waves.
    carpools = int((waves.ride_number >= 0).sum())
    log_matches(world, day, waves, rides.driver[:carpools])
    log_rides(world, day, rides, aboard)
    log_legs(world, day, rides, aboard)
    log_ratings(world, day, rides, aboard)
    log_tickets(world, day, rides, aboard)
