"""Streaming as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.scenario import Arguments, Scenario, Simulation
from scripts.worlds.streaming.catalogue import reference_tables
from scripts.worlds.streaming.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.streaming.population import populate
from scripts.worlds.streaming.settings import WORLDS
from scripts.worlds.streaming.simulation import simulate_day
from scripts.worlds.streaming.truth import expect
from scripts.worlds.streaming.world import begin

# Monthly users need 28 days, and are compared with those of a quarter, 91 days, before.
_DAYS = 126


def simulate(arguments: Arguments) -> Simulation:
    """Simulate the service day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    world = begin(populate(arguments, causes), causes)
    return Simulation(
        actors=world.population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # Nothing is launched: everything counts from the first day on.
        launch_day=0,
        truth=partial(expect, world),
    )


STREAMING = Scenario(
    name="streaming",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=250, days=_DAYS, seed=3),
    minimum_users=120,
    minimum_days=_DAYS,
    days_hold="the users of a month, those of a month a quarter later, and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references=reference_tables(),
    simulate=simulate,
)
