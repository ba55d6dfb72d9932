"""Cloud storage as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

import numpy as np

from scripts.worlds.cloud_storage.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.cloud_storage.population import populate
from scripts.worlds.cloud_storage.settings import LAUNCH_DAY, WORLDS
from scripts.worlds.cloud_storage.simulation import simulate_day
from scripts.worlds.cloud_storage.truth import expect
from scripts.worlds.cloud_storage.world import World
from scripts.worlds.kit.day import simulate_days
from scripts.worlds.kit.people import NEVER
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# Five weeks in which users are enrolled, four in which all of them take part, and an open day.
_DAYS_AFTER_LAUNCH = 64


def simulate(arguments: Arguments) -> Simulation:
    """Simulate cloud storage day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    world = World(
        causes=causes,
        population=population,
        exposed_day=np.full(population.users, NEVER),
        has_clicked=np.zeros(population.users, dtype=bool),
    )
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        launch_day=LAUNCH_DAY,
        truth=partial(expect, population, causes),
    )


CLOUD_STORAGE = Scenario(
    name="cloud_storage",
    worlds={
        "healthy": "every target is met",
        "degraded": "every target is missed",
        "broken_assignment": "healthy, but exposures are lost and the split is not as planned",
    },
    defaults=Arguments(world="healthy", users=500, days=92, seed=33),
    minimum_users=200,
    minimum_days=LAUNCH_DAY + _DAYS_AFTER_LAUNCH,
    days_hold="four weeks before the experiment, nine of it and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
