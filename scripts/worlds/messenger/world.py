"""What lasts in a messenger world while the days go by."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import PLATFORMS, Booleans, Integers
from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import Lives
from scripts.worlds.messenger.population import Population
from scripts.worlds.messenger.settings import Causes

# Codes; events.py lists the names they stand for in the same order.
TEXT, IMAGE, REACTION = 0, 1, 2


@dataclass(frozen=True)
class World:
    """A messenger world.

    Attributes:
        causes: its settings.
        population: the users.
        lives: what becomes of them.
        habits: how often they talk.
        sessions, messages: those so far.
    """

    causes: Causes
    population: Population
    lives: Lives
    habits: Habits
    sessions: Numbers = field(default_factory=Numbers)
    messages: Numbers = field(default_factory=Numbers)

    def is_logged(self, user: Integers) -> Booleans:
        """Tell of users whether what they send is logged, shape (users,)."""
        platforms = np.array(PLATFORMS)[self.population.actors.platform[user]]
        return np.asarray(platforms != self.causes.unlogged_platform)
