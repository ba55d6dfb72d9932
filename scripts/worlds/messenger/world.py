"""What lasts in a messenger world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.envelope import Booleans
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
        logged: days on which sent messages are logged, shape (days,).
        sessions, messages: those so far.
    """

    causes: Causes
    population: Population
    lives: Lives
    habits: Habits
    logged: Booleans
    sessions: Numbers = field(default_factory=Numbers)
    messages: Numbers = field(default_factory=Numbers)
