"""What lasts in a stickiness world while the days go by."""

from dataclasses import dataclass, field

from scripts.worlds.kit.numbers import Numbers
from scripts.worlds.stickiness.population import Population
from scripts.worlds.stickiness.settings import Causes


@dataclass(frozen=True)
class World:
    """A stickiness world.

    Attributes:
        causes: its settings.
        population: the users.
        sessions, contents: those so far.
    """

    causes: Causes
    population: Population
    sessions: Numbers = field(default_factory=Numbers)
    contents: Numbers = field(default_factory=Numbers)
