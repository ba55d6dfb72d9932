"""Food delivery as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

from scripts.worlds.food_delivery.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.food_delivery.population import populate
from scripts.worlds.food_delivery.settings import WORLDS
from scripts.worlds.food_delivery.simulation import simulate_day
from scripts.worlds.food_delivery.truth import expect
from scripts.worlds.food_delivery.world import World
from scripts.worlds.kit.day import simulate_days
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# Eight weeks of switchback, two days for tickets to come in, and an open day.
_MINIMUM_DAYS = 60


def simulate(arguments: Arguments) -> Simulation:
    """Simulate food delivery day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments)
    world = World(causes=causes, population=population)
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # The new algorithm runs in some windows from the first day on.
        launch_day=0,
        truth=partial(expect, population, causes),
    )


FOOD_DELIVERY = Scenario(
    name="food_delivery",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=350, days=60, seed=1011),
    minimum_users=180,
    minimum_days=_MINIMUM_DAYS,
    days_hold="eight weeks of the experiment, two days of tickets and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
