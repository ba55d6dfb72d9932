"""What every simulation does with its days: one after the other, then written down as events."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import (
    SECONDS_PER_DAY,
    Actors,
    Integers,
    choose,
    envelope,
    identifiers,
)
from scripts.worlds.scenario import Arguments, EventSchema, Tables

Columns = dict[str, np.ndarray]
"""Columns of numbers of one event: second, delay, actor, and what its fields are made from."""

Field = Callable[[np.ndarray, Actors], pa.Array]
"""Turns numbers into what is logged."""

Fields = dict[str, dict[str, Field]]
"""The fields of each event, besides the envelope."""

SimulateDay = Callable[[int, np.random.Generator], dict[str, Columns]]
"""Gives the columns of each event of a day, from the day's own source of chance."""

# Writing events down costs by the call as much as by the row, so some days share one.
_DAYS_TOGETHER = 14


def ids(prefix: str, width: int) -> Field:
    """Make a field of ids; negative numbers become null."""
    return lambda values, actors: identifiers(prefix, values, width)


def one_of(names: tuple[str, ...]) -> Field:
    """Make a field of names from their codes; negative codes become null."""
    return lambda values, actors: choose(names, values)


def whole(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give whole numbers as they are; negative ones become null."""
    return pa.array(values, mask=values < 0)


def lists(indexes: Integers, names: pa.Array) -> pa.Array:
    """Turn rows of indexes, shape (n, most), into lists of names; negative indexes are left out."""
    present = indexes >= 0
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), names.take(pa.array(indexes[present])))


def actor_lists(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give lists of actors' ids."""
    return lists(values, actors.identifier)


def simulate_days(
    arguments: Arguments,
    actors: Actors,
    fields: Fields,
    schemas: dict[str, EventSchema],
    simulate_day: SimulateDay,
    after_day: Callable[[], None],
) -> Tables:
    """Simulate all days of a world and write them down.

    Args:
        arguments: checked arguments.
        actors: everybody who can act.
        fields: the fields of each event.
        schemas: one for each event.
        simulate_day: simulates one day.
        after_day: called when a day is done.

    Returns:
        One typed table for each event, in order of arrival.
    """
    logged: dict[str, int] = {}
    parts: dict[str, list[pa.Table]] = {event: [] for event in fields}
    for first in range(0, arguments.days, _DAYS_TOGETHER):
        together = []
        for number in range(first, min(first + _DAYS_TOGETHER, arguments.days)):
            # Each day has its own stream of chance, so no day depends on how another drew.
            generator = np.random.default_rng([arguments.seed, 1, number])
            together.append(simulate_day(number, generator))
            after_day()
        end = arguments.days * SECONDS_PER_DAY
        for event, table in _to_tables(together, actors, fields, schemas, logged, end).items():
            parts[event].append(table)
    order = [("received_at", "ascending"), ("event_id", "ascending")]
    return {event: pa.concat_tables(some).sort_by(order) for event, some in parts.items()}


def _to_tables(
    days: list[dict[str, Columns]],
    actors: Actors,
    fields: Fields,
    schemas: dict[str, EventSchema],
    logged: dict[str, int],
    end: int,
) -> Tables:
    """Write numbers down as events; `logged` counts those written before, and is updated."""
    tables = {}
    for event, fields_of_event in fields.items():
        columns = [day[event] for day in days if event in day]
        if not columns:
            continue
        values = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]}
        size = len(values["at"])
        numbers = logged.get(event, 0) + 1 + np.arange(size)
        logged[event] = logged.get(event, 0) + size
        opening = envelope(
            identifiers(schemas[event].prefix, numbers, 7),
            values["at"],
            values["delay"],
            values["actor"],
            actors,
            end,
        )
        rest = {name: field(values[name], actors) for name, field in fields_of_event.items()}
        tables[event] = pa.table({**opening, **rest})
    return tables
