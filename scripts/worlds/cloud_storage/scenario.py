"""Cloud storage as one of the scenarios of `python -m scripts.worlds`."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from scripts.worlds.cloud_storage.day import State
from scripts.worlds.cloud_storage.events import FAULT_PLAN, FIELDS, SCHEMAS, to_tables
from scripts.worlds.cloud_storage.population import NEVER, populate
from scripts.worlds.cloud_storage.settings import LAUNCH_DAY, WORLDS
from scripts.worlds.cloud_storage.simulation import simulate_day
from scripts.worlds.cloud_storage.truth import expect
from scripts.worlds.envelope import SECONDS_PER_DAY
from scripts.worlds.scenario import FIRST_DAY, Arguments, Scenario, Simulation, Truth

# Five weeks in which users are enrolled, four in which all of them take part, and an open day.
_DAYS_AFTER_LAUNCH = 64

# Writing events down costs by the call as much as by the row, so some days share one.
_DAYS_TOGETHER = 14


def simulate(arguments: Arguments, after_day: Callable[[], None]) -> Simulation:
    """Simulate cloud storage day by day.

    Args:
        arguments: checked arguments.
        after_day: called when a day is done.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    state = State(
        exposed_day=np.full(population.users, NEVER),
        has_clicked=np.zeros(population.users, dtype=bool),
    )
    end = arguments.days * SECONDS_PER_DAY
    logged: dict[str, int] = {}
    parts: dict[str, list[pa.Table]] = {event: [] for event in FIELDS}
    for first in range(0, arguments.days, _DAYS_TOGETHER):
        together = []
        for number in range(first, min(first + _DAYS_TOGETHER, arguments.days)):
            # Each day has its own stream of chance, so no day depends on how another drew.
            generator = np.random.default_rng([arguments.seed, 1, number])
            together.append(simulate_day(number, population, causes, state, generator))
            after_day()
        for event, table in to_tables(together, population.actors, logged, end).items():
            parts[event].append(table)

    def truth(last_complete_day: date) -> Truth:
        return expect(population, causes, (last_complete_day - FIRST_DAY).days)

    order = [("received_at", "ascending"), ("event_id", "ascending")]
    return Simulation(
        tables={event: pa.concat_tables(some).sort_by(order) for event, some in parts.items()},
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
    defaults=Arguments(world="healthy", users=300, days=92, seed=33),
    minimum_users=200,
    minimum_days=LAUNCH_DAY + _DAYS_AFTER_LAUNCH,
    days_hold="four weeks before the experiment, nine of it and one open day",
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
