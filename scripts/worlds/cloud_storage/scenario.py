"""Cloud storage as one of the scenarios of `python -m scripts.worlds`."""

from datetime import date, timedelta

import numpy as np

from scripts.worlds.cloud_storage.day import State
from scripts.worlds.cloud_storage.events import FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.cloud_storage.population import NEVER, populate
from scripts.worlds.cloud_storage.settings import LAUNCH_DAY, WORLDS
from scripts.worlds.cloud_storage.simulation import simulate_day
from scripts.worlds.cloud_storage.truth import expect
from scripts.worlds.days import simulate_days
from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.scenario import Arguments, Columns, Scenario, Simulation, Truth

# Five weeks in which users are enrolled, four in which all of them take part, and an open day.
_DAYS_AFTER_LAUNCH = 64


def simulate(arguments: Arguments) -> Simulation:
    """Simulate cloud storage day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    state = State(
        exposed_day=np.full(population.users, NEVER),
        has_clicked=np.zeros(population.users, dtype=bool),
    )

    def simulate_number(number: int, generator: np.random.Generator) -> dict[str, Columns]:
        return simulate_day(number, population, causes, state, generator)

    def truth(last_complete_day: date) -> Truth:
        return expect(population, causes, (last_complete_day - FIRST_DAY).days)

    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, simulate_number),
        launch_date=FIRST_DAY + timedelta(days=LAUNCH_DAY),
        truth=truth,
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
