"""Rows of events as columns: parts of them together, and each row on its own day."""

from collections.abc import Iterable, Iterator

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY
from scripts.worlds.scenario import Columns


def joined(parts: list[Columns]) -> Columns:
    """Put columns behind each other."""
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def by_event_day(days: Iterable[dict[str, Columns]]) -> Iterator[dict[str, Columns]]:
    """Move the rows of simulated days to the days on which they happen.

    Nothing happens before the day that leads to it, so a day is complete once it is simulated.

    Args:
        days: all days, from the first one on.

    Yields:
        The columns of each event of a day; an event without rows is left out.
    """
    waiting: dict[str, Columns] = {}
    for day, events in enumerate(days):
        until = (day + 1) * SECONDS_PER_DAY
        today: dict[str, Columns] = {}
        later: dict[str, Columns] = {}
        for event in waiting | events:
            parts = [part[event] for part in (waiting, events) if event in part]
            columns = joined(parts)
            waits = columns["at"] >= until
            if waits.any():
                later[event] = {name: values[waits] for name, values in columns.items()}
                columns = {name: values[~waits] for name, values in columns.items()}
            if len(columns["at"]):
                today[event] = columns
        waiting = later
        yield today
