"""Ride sharing as one of the scenarios of `python -m scripts.worlds`."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from scripts.worlds.days import simulate_days
from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.ride_sharing.conditions import foresee
from scripts.worlds.ride_sharing.day import State
from scripts.worlds.ride_sharing.events import FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.ride_sharing.population import populate
from scripts.worlds.ride_sharing.settings import CITIES, LAUNCH_DAY, WORLDS
from scripts.worlds.ride_sharing.simulation import simulate_day
from scripts.worlds.ride_sharing.truth import expect
from scripts.worlds.scenario import Arguments, Columns, Scenario, Simulation, Truth

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
    state = State(has_ridden=population.joined_day < 0)
    end = arguments.seconds

    def simulate_number(number: int, generator: np.random.Generator) -> dict[str, Columns]:
        return simulate_day(number, population, causes, conditions, state, generator, end)

    def truth(last_complete_day: date) -> Truth:
        return expect(
            population, causes, conditions, LAUNCH_DAY, (last_complete_day - FIRST_DAY).days
        )

    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, simulate_number),
        launch_date=FIRST_DAY + timedelta(days=LAUNCH_DAY),
        truth=truth,
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
