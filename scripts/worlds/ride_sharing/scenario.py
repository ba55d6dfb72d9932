"""Ride sharing as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

import pyarrow as pa

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.ride_sharing.conditions import foresee
from scripts.worlds.ride_sharing.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.ride_sharing.population import populate
from scripts.worlds.ride_sharing.settings import CITIES, LAUNCH_DAY, WORLDS
from scripts.worlds.ride_sharing.simulation import simulate_day
from scripts.worlds.ride_sharing.truth import expect
from scripts.worlds.ride_sharing.world import World
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# The penetration target is judged on the last complete day six calendar months after the launch,
# 184 days; that day and the open one after it must exist.
_DAYS_AFTER_LAUNCH = 186


def simulate(arguments: Arguments) -> Simulation:
    """Simulate ride sharing day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    conditions = foresee(population, causes, arguments.days)
    world = World(causes, population, conditions, has_ridden=population.joined_day < 0)
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        launch_day=LAUNCH_DAY,
        truth=partial(expect, population, causes, conditions),
    )


RIDE_SHARING = Scenario(
    name="ride_sharing",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=440, days=252, seed=20),
    minimum_users=200,
    minimum_days=LAUNCH_DAY + _DAYS_AFTER_LAUNCH,
    days_hold="its launch, two full quarters after it and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={
        "cities": pa.table(
            {
                "city": [city.name for city in CITIES],
                "country": [city.country for city in CITIES],
                "time_zone": [city.time_zone for city in CITIES],
                "min_latitude": [city.min_latitude for city in CITIES],
                "max_latitude": [city.max_latitude for city in CITIES],
                "min_longitude": [city.min_longitude for city in CITIES],
                "max_longitude": [city.max_longitude for city in CITIES],
            }
        )
    },
    simulate=simulate,
)
