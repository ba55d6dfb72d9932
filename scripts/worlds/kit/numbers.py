"""Numbers of things, such as sessions and rides, from which their ids are made."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Booleans, Integers


@dataclass
class Numbers:
    """Gives out numbers from 1 on while the days go by.

    Attributes:
        given: how many were given out so far.
    """

    given: int = 0

    def next(self, count: int) -> Integers:
        """Give the next numbers, shape (count,)."""
        first = self.given + 1
        self.given += count
        return np.arange(first, first + count)

    def where(self, there: Booleans) -> Integers:
        """Give the next numbers to what is there, and -1, which is no id, to the rest."""
        numbers = np.full(there.shape, -1)
        numbers[there] = self.next(int(there.sum()))
        return numbers
