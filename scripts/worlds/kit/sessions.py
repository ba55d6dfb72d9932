"""Sessions of one day, each with a clock that goes on from one thing its user does to the next."""

from dataclasses import dataclass

import numpy as np

from scripts.worlds.envelope import Floats, Integers
from scripts.worlds.kit.day import Day


@dataclass(frozen=True)
class Sessions:
    """Sessions of one day, one entry each.

    Attributes:
        day: the day.
        number: session numbers.
        user: whose they are.
        now: second of the latest event, or of the start; moves on while the day is simulated.
        pace: how many times the usual seconds the user takes for a step.
    """

    day: Day
    number: Integers
    user: Integers
    now: Integers
    pace: Floats

    def pass_time(self, who: Integers, seconds: float) -> None:
        """Let some sessions go on by a step.

        A step takes one second and pace * `seconds` more on average, never more than twice as
        much. Drawn fractions of a second are rounded up or down by chance, so that the mean stays
        what it is.
        """
        draws = self.day.generator.random((3, len(who)))
        step = self.pace[who] * seconds * (draws[0] + draws[1])
        self.now[who] += 1 + np.floor(step + draws[2]).astype(np.int64)

    def log(self, event: str, who: Integers, **fields: np.ndarray | int) -> None:
        """Log what happens in some sessions at their present second."""
        at, user, number = self.now[who], self.user[who], self.number[who]
        self.day.log(event, at, user, where=None, open_until=None, session_id=number, **fields)
