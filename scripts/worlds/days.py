"""What every simulation does with its days: one after the other, and each row on its own day."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from scripts.worlds.envelope import SECONDS_PER_DAY
from scripts.worlds.scenario import Arguments, Columns

SimulateDay = Callable[[int, np.random.Generator], dict[str, Columns]]
"""Gives the columns of each event of a day, from the day's own source of chance."""


def simulate_days(arguments: Arguments, simulate_day: SimulateDay) -> Iterator[dict[str, Columns]]:
    """Simulate the days of a world, and number their events.

    Args:
        arguments: checked arguments.
        simulate_day: simulates one day.

    Yields:
        The columns of each event that a day leads to, some of them on later days.
    """
    logged: dict[str, int] = {}
    for day in range(arguments.days):
        # Each day has its own stream of chance, so no day depends on how another drew.
        events = simulate_day(day, np.random.default_rng([arguments.seed, 1, day]))
        for event, columns in events.items():
            size = len(columns["at"])
            before = logged.get(event, 0)
            logged[event] = before + size
            columns["number"] = np.arange(before + 1, before + 1 + size)
            # What would arrive after the end of the world arrives just before it.
            received = columns["at"] + columns.pop("delay")
            columns["received"] = np.minimum(received, arguments.seconds - 1)
        yield events


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
