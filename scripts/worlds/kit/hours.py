"""When things happen in the course of a day: by hour and place, or by a rhythm of sessions."""

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY, Floats, Integers
from scripts.worlds.kit.day import Day

LAST_START = SECONDS_PER_DAY - 2_700
"""Nobody comes in the last three quarters of an hour, so what they do ends on the same day."""


def arrivals(day: Day, rate: Floats) -> tuple[Integers, Integers]:
    """Draw how often something happens in each place and hour; give (place, hour) of each time.

    Args:
        day: the day.
        rate: how often it happens on average, shape (places, 24).
    """
    cell = np.repeat(np.arange(rate.size), day.generator.poisson(rate).ravel())
    return cell // 24, cell % 24


def seconds_in(day: Day, hour: Integers, margin: int = 0) -> Integers:
    """Draw a second inside each UTC hour, at least `margin` before the hour's end."""
    return np.asarray(day.start + hour * 3_600 + day.between(0, 3_600 - margin, len(hour)))


class Hours:
    """The rhythm of a day."""

    def __init__(self, *weights: float) -> None:
        """Take how many come in each UTC hour, in proportion; all of the last hour at its start."""
        shares: Floats = np.array(weights, dtype=float)
        self._bounds = np.append(np.arange(24) * 3_600, LAST_START)
        self._until = np.append(0.0, np.cumsum(shares / shares.sum()))

    def starts(self, day: Day, user: Integers, turn: Integers, users: int) -> Integers:
        """Draw the second at which each session starts.

        Systematic sampling keeps a user's sessions of a day apart: with n of them, an n-th of all
        that start on the day lies between any two.

        Args:
            day: the day.
            user: whose session it is, below `users`.
            turn: which one of the user's it is, from 0 on.
            users: how many users there are.
        """
        count = np.bincount(user, minlength=users)
        part = (day.generator.random(users)[user] + turn) / count[user]
        return np.asarray(day.start + np.interp(part, self._until, self._bounds).astype(np.int64))
