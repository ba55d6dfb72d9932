"""Photo upload as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.photo_upload.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.photo_upload.population import populate
from scripts.worlds.photo_upload.settings import WORLDS
from scripts.worlds.photo_upload.simulation import simulate_day
from scripts.worlds.photo_upload.truth import expect
from scripts.worlds.photo_upload.world import World
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# February and March whole, and an open day.
_MINIMUM_DAYS = 88


def simulate(arguments: Arguments) -> Simulation:
    """Simulate photo upload day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    world = World(causes=causes, population=population)
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # Nothing is launched: everything counts from the first day on.
        launch_day=0,
        truth=partial(expect, population, causes),
    )


PHOTO_UPLOAD = Scenario(
    name="photo_upload",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=360, days=88, seed=1002),
    minimum_users=200,
    minimum_days=_MINIMUM_DAYS,
    days_hold="a month to judge, the month before it and one open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
