"""What lasts in a ride-sharing world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.envelope import Booleans
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.ride_sharing.conditions import Conditions
from scripts.worlds.ride_sharing.population import Population
from scripts.worlds.ride_sharing.settings import Causes

# Codes; events.py lists the names they stand for in the same order.
CARPOOL, STANDARD = 0, 1
DRIVER, RIDER = 0, 1
BEFORE_MATCH, AFTER_MATCH = 0, 1
NO_DRIVERS, NO_MATCH = 0, 1
NO_RIDE = NO_REQUEST = NO_RIDE_TYPE = -1


@dataclass(frozen=True)
class World:
    """A ride-sharing world.

    Attributes:
        causes: its settings.
        population: riders and drivers.
        conditions: what each hour is like.
        has_ridden: riders whose first ride lies behind them, shape (riders,).
        requests: carpool requests so far.
        rides: ride numbers given out so far.
    """

    causes: Causes
    population: Population
    conditions: Conditions
    has_ridden: Booleans
    requests: Numbers = field(default_factory=Numbers)
    rides: Numbers = field(default_factory=Numbers)
