"""Messenger as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

import numpy as np

from scripts.worlds.envelope import Booleans
from scripts.worlds.kit.calendar import month_numbers, month_starts
from scripts.worlds.kit.day import simulate_days
from scripts.worlds.messenger.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import live
from scripts.worlds.messenger.population import populate
from scripts.worlds.messenger.settings import WORLDS
from scripts.worlds.messenger.simulation import simulate_day
from scripts.worlds.messenger.truth import expect
from scripts.worlds.messenger.world import World
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# Nine months, the open day included.
_MINIMUM_DAYS = 270


def _last_month_but_one(days: int) -> Booleans:
    """Tell which days belong to the last complete month but one, shape (days,).

    The last day of a world is open, so the last complete month ends before it.
    """
    last_start = [start for start in month_starts(days) if start <= days - 1][-1]
    months = month_numbers(days)
    return np.asarray(months == months[last_start] - 2)


def simulate(arguments: Arguments) -> Simulation:
    """Simulate messenger day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    lives = live(population, causes, arguments.days, arguments.seed)
    world = World(
        causes=causes,
        population=population,
        lives=lives,
        habits=Habits(population, lives, causes, arguments.days, arguments.seed),
        logged=~(_last_month_but_one(arguments.days) & causes.outage),
    )
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # Nothing is launched: everything counts from the first day on.
        launch_day=0,
        truth=partial(expect, world),
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
