"""Stickiness as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.scenario import Arguments, Scenario, Simulation
from scripts.worlds.stickiness.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.stickiness.population import populate
from scripts.worlds.stickiness.settings import WORLDS
from scripts.worlds.stickiness.simulation import simulate_day
from scripts.worlds.stickiness.truth import expect
from scripts.worlds.stickiness.world import World

# January is cut off; February says who is engaged, March is the baseline, April is judged.
_DAYS = 117


def simulate(arguments: Arguments) -> Simulation:
    """Simulate the network day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    world = World(causes=causes, population=populate(arguments, causes))
    return Simulation(
        actors=world.population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # The log begins with the network itself.
        launch_day=0,
        truth=partial(expect, world),
    )


STICKINESS = Scenario(
    name="stickiness",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=160, days=_DAYS, seed=3),
    minimum_users=120,
    minimum_days=_DAYS,
    days_hold="a month that says who is engaged, two to compare, and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
