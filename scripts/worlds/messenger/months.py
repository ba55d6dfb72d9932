"""Calendar months of a world."""

from datetime import timedelta

import numpy as np

from scripts.worlds.envelope import FIRST_DAY, Booleans, Integers


def month_numbers(days: int) -> Integers:
    """Give the month of each day, shape (days,); the month of the first day is 0."""
    dates = [FIRST_DAY + timedelta(days=day) for day in range(days)]
    return np.array([12 * (each.year - FIRST_DAY.year) + each.month for each in dates]) - (
        FIRST_DAY.month
    )


def month_starts(days: int) -> list[int]:
    """Give the days on which a month begins; the first of January 2026 is none of them."""
    return [day for day in range(days) if (FIRST_DAY + timedelta(days=day)).day == 1]


def month_length(day: int) -> int:
    """Give the number of days of the month that a day belongs to."""
    date = FIRST_DAY + timedelta(days=day)
    following = (date.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day


def last_month_but_one(days: int) -> Booleans:
    """Tell which days belong to the last complete month but one, shape (days,).

    The last day of a world is open, so the last complete month ends before it.
    """
    last_start = [start for start in month_starts(days) if start <= days - 1][-1]
    months = month_numbers(days)
    return np.asarray(months == months[last_start] - 2)
