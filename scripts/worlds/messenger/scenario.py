"""Messenger as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

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
