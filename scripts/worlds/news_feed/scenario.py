"""The news feed as one of the scenarios of `python -m scripts.worlds`."""

from functools import partial

import numpy as np

from scripts.worlds.kit.day import simulate_days
from scripts.worlds.kit.habits import Regular
from scripts.worlds.news_feed.events import CLIENT_EVENTS, FAULT_PLAN, FIELDS, SCHEMAS
from scripts.worlds.news_feed.population import populate
from scripts.worlds.news_feed.settings import EXPERIMENT_DAY, PLANNED_DAYS, SOURCES, WORLDS
from scripts.worlds.news_feed.simulation import simulate_day
from scripts.worlds.news_feed.truth import expect
from scripts.worlds.news_feed.world import World
from scripts.worlds.scenario import Arguments, Scenario, Simulation

# The four weeks before the experiment, the experiment, and the open day.
_DAYS = EXPERIMENT_DAY + PLANNED_DAYS + 1


def simulate(arguments: Arguments) -> Simulation:
    """Simulate the feed day by day.

    Args:
        arguments: checked arguments.
    """
    causes = WORLDS[arguments.world]
    population = populate(arguments, causes)
    # Streams of a room's own begin at 3.
    habits = np.random.default_rng([arguments.seed, 3])
    world = World(
        causes=causes,
        population=population,
        coming=Regular(population.users, causes.regularity, habits),
        follows=population.follows.copy(),
        reach=np.zeros((arguments.days, SOURCES), dtype=np.int64),
    )
    return Simulation(
        actors=population.actors,
        days=simulate_days(arguments, CLIENT_EVENTS, partial(simulate_day, world)),
        # The feed is there from the first day on; what is launched is an experiment on it.
        launch_day=0,
        truth=partial(expect, population, causes),
    )


NEWS_FEED = Scenario(
    name="news_feed",
    worlds={"healthy": "every target is met", "degraded": "every target is missed"},
    defaults=Arguments(world="healthy", users=100, days=_DAYS, seed=5),
    minimum_users=80,
    minimum_days=_DAYS,
    days_hold="the four weeks before the experiment, its six weeks and an open day",
    fields=FIELDS,
    schemas=SCHEMAS,
    fault_plan=FAULT_PLAN,
    references={},
    simulate=simulate,
)
