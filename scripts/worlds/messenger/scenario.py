"""Messenger as one of the scenarios of `python -m scripts.worlds`."""

from datetime import date

import numpy as np

from scripts.worlds.days import simulate_days
from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.messenger.day import State
from scripts.worlds.messenger.events import FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import live
from scripts.worlds.messenger.months import last_month_but_one
from scripts.worlds.messenger.population import populate
from scripts.worlds.messenger.settings import WORLDS
from scripts.worlds.messenger.simulation import simulate_day
from scripts.worlds.messenger.truth import expect
from scripts.worlds.scenario import Arguments, Columns, Scenario, Simulation, Truth

# Nine months, the open day included.
_MINIMUM_DAYS = 270


def simulate(arguments: Arguments) -> Simulation:
    """Simulate messenger day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    lives = live(population, causes, arguments.days, arguments.seed)
    habits = Habits(population, lives, causes, arguments.days, arguments.seed)
    outage = last_month_but_one(arguments.days) & causes.outage
    state = State()

    def simulate_number(number: int, generator: np.random.Generator) -> dict[str, Columns]:
        day = simulate_day(number, population, lives, habits, causes, state, generator)
        if outage[number]:
            sent = day["message_sent"]
            day["message_sent"] = {name: values[:0] for name, values in sent.items()}
        return day

    def truth(last_complete_day: date) -> Truth:
        last = (last_complete_day - FIRST_DAY).days
        return expect(population, lives, habits, causes, ~outage, last)

    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, simulate_number),
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
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
