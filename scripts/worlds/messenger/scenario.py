"""Messenger as one of the scenarios of `python -m scripts.worlds`."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import SECONDS_PER_DAY
from scripts.worlds.messenger.day import State
from scripts.worlds.messenger.events import FAULT_PLAN, FIELDS, SCHEMAS, to_tables
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import live
from scripts.worlds.messenger.months import last_month_but_one
from scripts.worlds.messenger.population import populate
from scripts.worlds.messenger.settings import WORLDS
from scripts.worlds.messenger.simulation import simulate_day
from scripts.worlds.messenger.truth import expect
from scripts.worlds.scenario import FIRST_DAY, Arguments, Scenario, Simulation, Truth

# Nine months, the open day included.
_MINIMUM_DAYS = 270

# Writing events down costs by the call as much as by the row, so some days share one.
_DAYS_TOGETHER = 14


def simulate(arguments: Arguments, after_day: Callable[[], None]) -> Simulation:
    """Simulate messenger day by day.

    Args:
        arguments: checked arguments.
        after_day: called when a day is done.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    lives = live(population, causes, arguments.days, arguments.seed)
    habits = Habits(population, lives, causes, arguments.days, arguments.seed)
    outage = last_month_but_one(arguments.days) & causes.outage
    state = State()
    end = arguments.days * SECONDS_PER_DAY
    logged: dict[str, int] = {}
    parts: dict[str, list[pa.Table]] = {event: [] for event in FIELDS}
    for first in range(0, arguments.days, _DAYS_TOGETHER):
        together = []
        for number in range(first, min(first + _DAYS_TOGETHER, arguments.days)):
            # Each day has its own stream of chance, so no day depends on how another drew.
            generator = np.random.default_rng([arguments.seed, 1, number])
            day = simulate_day(number, population, lives, habits, causes, state, generator)
            if outage[number]:
                sent = day["message_sent"]
                day["message_sent"] = {name: values[:0] for name, values in sent.items()}
            together.append(day)
            after_day()
        for event, table in to_tables(together, population.actors, logged, end).items():
            parts[event].append(table)

    def truth(last_complete_day: date) -> Truth:
        last = (last_complete_day - FIRST_DAY).days
        return expect(population, lives, habits, causes, ~outage, last)

    order = [("received_at", "ascending"), ("event_id", "ascending")]
    return Simulation(
        tables={event: pa.concat_tables(some).sort_by(order) for event, some in parts.items()},
        # Nothing is launched: everything counts from the first day on.
        launch_date=FIRST_DAY,
        truth=truth,
    )


MESSENGER = Scenario(
    name="messenger",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=200, days=301, seed=29),
    minimum_users=120,
    minimum_days=_MINIMUM_DAYS,
    days_hold="months to learn from, three to judge by and one open day",
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
