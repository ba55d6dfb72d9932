"""How often somebody comes: by chance or by habit, each drawn, and with the odds to expect.

A draw and its odds stand side by side because what a world is expected to show follows from the
odds alone.
"""

import numpy as np

from scripts.worlds.envelope import Floats, Integers

_PRACTICALLY_IMPOSSIBLE = 1e-12


class ByChance:
    """Sessions that come by pure chance, but only so many on one day."""

    def __init__(self, most: int) -> None:
        """Take the most sessions that somebody has on a day."""
        self._most = most

    def draw(self, rate: Floats, generator: np.random.Generator) -> Integers:
        """Draw the sessions of each user on a day."""
        return np.asarray(np.minimum(generator.poisson(rate), self._most))

    def odds(self, rate: Floats) -> list[Floats]:
        """Give the odds of 0, 1, ... sessions; the last one is for the most or more."""
        odds = [np.exp(-rate)]
        for number in range(1, self._most):
            odds.append(odds[-1] * rate / number)
        return [*odds, 1 - sum(odds, np.zeros_like(rate))]

    def mean(self, rate: Floats) -> Floats:
        """Give the expected number of sessions."""
        none = np.zeros_like(rate)
        return sum((number * odds for number, odds in enumerate(self.odds(rate))), none)

    def none_of(self, rate: Floats, each: Floats) -> Floats:
        """Give the odds that no session is of a kind that each of them is with some odds."""
        none = np.zeros_like(rate)
        return sum(
            (odds * (1 - each) ** number for number, odds in enumerate(self.odds(rate))), none
        )


class Regular:
    """Sessions at more regular intervals than pure chance would give.

    Occasions come by pure chance, and every so many of them lead to a session. As nobody knows
    how many there were before the world, the next session is equally far from every occasion.
    """

    def __init__(self, users: int, regularity: int, generator: np.random.Generator) -> None:
        """Begin before the first day; with a regularity of 1 it would be pure chance."""
        self.regularity = regularity
        self._occasions = generator.integers(0, regularity, users)

    def draw(self, expected: Floats, generator: np.random.Generator) -> Integers:
        """Draw the sessions of each user on a day."""
        occasions = self._occasions + generator.poisson(self.regularity * expected)
        self._occasions = occasions % self.regularity
        return np.asarray(occasions // self.regularity)

    def occasion_odds(self, expected: Floats) -> list[Floats]:
        """Give the odds of 0, 1, 2, ... occasions where so many sessions are expected.

        The list ends where more are practically impossible.
        """
        occasions = self.regularity * expected
        odds = [np.exp(-occasions)]
        while len(odds) <= self.regularity or odds[-1].max(initial=0.0) > _PRACTICALLY_IMPOSSIBLE:
            odds.append(odds[-1] * occasions / len(odds))
        return odds

    def none(self, expected: Floats) -> Floats:
        """Give the odds of no session in a time with so many expected."""
        occasions = self.regularity * expected
        odds = np.exp(-occasions)
        total = np.zeros_like(occasions)
        for number in range(self.regularity):
            total += odds * (self.regularity - number) / self.regularity
            odds = odds * occasions / (number + 1)
        return total
