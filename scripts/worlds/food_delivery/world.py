"""What lasts in a food-delivery world while the days go by."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import Integers
from scripts.worlds.food_delivery.population import Population
from scripts.worlds.food_delivery.settings import (
    AFTERNOON,
    AFTERNOON_HOUR,
    DINNER,
    DINNER_HOUR,
    LUNCH,
    Causes,
)
from scripts.worlds.kit.numbers import Numbers


@dataclass(frozen=True)
class World:
    """A food-delivery world.

    Attributes:
        causes: its settings.
        population: people and places.
        orders, batches, offers, sessions: those so far.
    """

    causes: Causes
    population: Population
    orders: Numbers = field(default_factory=Numbers)
    batches: Numbers = field(default_factory=Numbers)
    offers: Numbers = field(default_factory=Numbers)
    sessions: Numbers = field(default_factory=Numbers)


def meal_of(hour: Integers) -> Integers:
    """Give the meal of each hour of the day."""
    return np.where(hour < AFTERNOON_HOUR, LUNCH, np.where(hour < DINNER_HOUR, AFTERNOON, DINNER))
