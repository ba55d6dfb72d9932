"""Short video as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

import numpy as np

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.kit.people import NEVER
from scripts.worlds.scenario import Arguments, Scenario, Simulation
from scripts.worlds.short_video.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.short_video.places import reference_tables, settle
from scripts.worlds.short_video.population import populate
from scripts.worlds.short_video.settings import LAUNCH_DAYS, WORLDS
from scripts.worlds.short_video.sharing import SHARING_WORLDS, Sharing
from scripts.worlds.short_video.simulation import simulate_day
from scripts.worlds.short_video.truth import expect
from scripts.worlds.short_video.world import World

# Four weeks before the launch, three months after it, and the open day.
_DAYS = 120


def simulate(arguments: Arguments) -> Simulation:
    """Simulate the network day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    sharing = Sharing(SHARING_WORLDS[arguments.world], arguments.seed)
    places = settle(arguments, causes, population)
    world = World(causes, population, sharing, places, np.full(population.users, NEVER))
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        launch_day=LAUNCH_DAYS[0],
        truth=partial(expect, population, places, causes, sharing.causes),
    )


SHORT_VIDEO = Scenario(
    name="short_video",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=170, days=_DAYS, seed=6),
    minimum_users=160,
    minimum_days=_DAYS,
    days_hold="four weeks before the launch and three months after it",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references=reference_tables(),
    simulate=simulate,
    # One user stands for 800,000.
    sampling_rate=0.00000125,
)
