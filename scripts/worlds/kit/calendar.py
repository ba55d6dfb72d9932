"""The days of a world as dates: months, and the local clocks of its places."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from scripts.worlds.envelope import FIRST_DAY, Integers


def date_of(day: int) -> date:
    """Give the date of a day."""
    return FIRST_DAY + timedelta(days=day)


def month_numbers(days: int) -> Integers:
    """Give the month of each day, shape (days,); the month of the first day is 0."""
    dates = [date_of(day) for day in range(days)]
    return np.array([12 * (each.year - FIRST_DAY.year) + each.month for each in dates]) - (
        FIRST_DAY.month
    )


def month_starts(days: int) -> list[int]:
    """Give the days on which a month begins; the first of January 2026 is none of them."""
    return [day for day in range(days) if date_of(day).day == 1]


def month_length(day: int) -> int:
    """Give the number of days of the month that a day belongs to."""
    following = (date_of(day).replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day


def local_clock(time_zones: list[str], days: int) -> tuple[Integers, Integers]:
    """Give the local weekday (Monday is 0) and hour of every UTC hour, (days, places, 24) each."""
    start = datetime.combine(FIRST_DAY, datetime.min.time(), tzinfo=UTC)
    weekday = np.empty((days, len(time_zones), 24), dtype=np.int64)
    hour = np.empty_like(weekday)
    for place, zone in enumerate(map(ZoneInfo, time_zones)):
        offsets = [
            (start + timedelta(hours=step)).astimezone(zone).utcoffset() or timedelta()
            for step in range(days * 24)
        ]
        ahead = np.array([offset // timedelta(hours=1) for offset in offsets])
        local = np.arange(days * 24) + ahead
        weekday[:, place] = ((local // 24) % 7).reshape(days, 24)
        hour[:, place] = (local % 24).reshape(days, 24)
    return weekday, hour
