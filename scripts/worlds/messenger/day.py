"""What every step of a day shares: its log, its chance and what lies behind it."""

from dataclasses import dataclass, field

import numpy as np

from scripts.worlds.envelope import Booleans, Integers, delays
from scripts.worlds.messenger.events import CLIENT_EVENTS
from scripts.worlds.messenger.habits import Habits
from scripts.worlds.messenger.lives import Lives
from scripts.worlds.messenger.population import Population
from scripts.worlds.messenger.settings import Causes
from scripts.worlds.scenario import Columns

# Codes; events.py lists the names they stand for in the same order.
TEXT, IMAGE, REACTION = 0, 1, 2


@dataclass
class State:
    """What one day has to know of the days before it.

    Attributes:
        sessions: sessions so far.
        messages: messages so far.
    """

    sessions: int = 0
    messages: int = 0


@dataclass
class DayLog:
    """Collects the events of one day as columns of numbers."""

    generator: np.random.Generator
    parts: dict[str, Columns] = field(default_factory=dict)

    def add(self, event: str, at: Integers, actor: Integers, **fields: np.ndarray) -> None:
        """Log events at the given seconds by the given users; all columns are equally long."""
        delay = delays(self.generator, len(at), client=event in CLIENT_EVENTS)
        self.parts[event] = {"at": at, "delay": delay, "actor": actor, **fields}


@dataclass(frozen=True)
class Day:
    """What stays the same while a day is simulated."""

    day: int
    population: Population
    lives: Lives
    habits: Habits
    causes: Causes
    generator: np.random.Generator
    log: DayLog
    state: State

    def chance(self, probability: float | np.ndarray, size: int) -> Booleans:
        """Draw events that happen with the given probability, shape (size,)."""
        return np.asarray(self.generator.random(size) < probability)

    def one_of(self, shares: tuple[float, ...], size: int) -> Integers:
        """Draw codes with the given probabilities, shape (size,)."""
        return np.asarray(self.generator.choice(len(shares), size, p=shares))

    def between(self, low: int, high: int, size: int) -> Integers:
        """Draw whole numbers from low to high, both included."""
        return self.generator.integers(low, high + 1, size)
