"""Plants a known number of faults into clean events.

A fault is an extra row, made from a real one, so that what the simulation made stays whole. Only
a late arrival changes a real row, and only the time at which it was received.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import Booleans, Integers
from scripts.worlds.scenario import EventSchema, Tables

UNPARSABLE = "unparsable_number"
LATE = "late_arrival"

_UNPARSABLE_NUMBERS = ("n/a", "abc", "12,5")
_LATEST_DELAY = timedelta(days=5)
_UNKNOWN_NUMBER = 990_000

Row = dict[str, Any]
Plan = dict[str, dict[str, int]]


def _seconds(column: pa.ChunkedArray) -> Integers:
    """Give timestamps as seconds since 1970."""
    return np.asarray(column.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy())


def _pick(rows: Integers, count: int, generator: np.random.Generator) -> list[int]:
    """Draw different rows, in order: as many as wanted, or as there are."""
    count = min(count, len(rows))
    return sorted(int(row) for row in generator.choice(rows, count, replace=False))


def _delay_some(
    table: pa.Table, count: int, end: datetime, generator: np.random.Generator
) -> tuple[pa.Table, list[int]]:
    """Let some rows arrive days after they happened; give their positions too."""
    event_at = _seconds(table["event_at"])
    received_at = _seconds(table["received_at"]).copy()
    limit = np.datetime64(end - _LATEST_DELAY, "s").astype(np.int64)
    chosen = _pick(np.flatnonzero(event_at < limit), count, generator)
    delay = generator.integers(36 * 3_600, 120 * 3_600, len(chosen))
    received_at[chosen] = event_at[chosen] + delay
    position = table.column_names.index("received_at")
    column = pa.array(received_at).cast(table.schema.field("received_at").type)
    return table.set_column(position, "received_at", column), chosen


def _duplicate(row: Row, turn: int, schema: EventSchema) -> Row:
    return row | {"received_at": row["received_at"] + timedelta(hours=1 + 5 * turn)}


def _future_clock(row: Row, turn: int, schema: EventSchema) -> Row:
    return row | {"event_at": row["received_at"] + timedelta(days=2 + 3 * turn, minutes=7)}


def _null_id(row: Row, turn: int, schema: EventSchema) -> Row:
    return row | {schema.required_ids[turn % len(schema.required_ids)]: None}


def _unparsable_number(row: Row, turn: int, schema: EventSchema) -> Row:
    text = _UNPARSABLE_NUMBERS[turn % len(_UNPARSABLE_NUMBERS)]
    return row | {schema.numbers[turn % len(schema.numbers)]: text}


def _unknown_enum(row: Row, turn: int, schema: EventSchema) -> Row:
    column = list(schema.accepted)[turn % len(schema.accepted)]
    return row | {column: schema.accepted[column]}


def _negative_fare(row: Row, turn: int, schema: EventSchema) -> Row:
    column = schema.money[turn % len(schema.money)]
    return row | {column: -row[column]}


def _orphan(row: Row, turn: int, schema: EventSchema) -> Row:
    unknown = {
        column: f"{prefix}{_UNKNOWN_NUMBER + turn:06d}"
        for column, prefix in schema.foreign_keys.items()
        if row[column] is not None
    }
    return row | unknown


_SPOILERS: dict[str, Callable[[Row, int, EventSchema], Row]] = {
    "duplicate": _duplicate,
    "future_clock": _future_clock,
    "null_id": _null_id,
    UNPARSABLE: _unparsable_number,
    "unknown_enum": _unknown_enum,
    "negative_fare": _negative_fare,
    "orphan": _orphan,
}


def _spoilable(table: pa.Table, kind: str, schema: EventSchema, end: datetime) -> Booleans:
    """Tell which rows a fault of this kind can be made from, shape (rows,)."""
    if kind == "duplicate":
        # The copy arrives some hours later, which has to be inside the world.
        limit = np.datetime64(end - timedelta(days=2), "s").astype(np.int64)
        return np.asarray(_seconds(table["received_at"]) < limit)
    if kind == "orphan" and schema.orphan_where is not None:
        column, value = schema.orphan_where
        return np.asarray(pc.equal(table[column], value).fill_null(False).to_numpy())
    return np.ones(table.num_rows, dtype=bool)


def _plant_event(
    table: pa.Table,
    counts: dict[str, int],
    schema: EventSchema,
    end: datetime,
    generator: np.random.Generator,
) -> tuple[pa.Table, list[Row], dict[str, int]]:
    """Plant the faults of one event.

    Returns:
        The table of real rows, the rows to add to it, and how many faults of each kind these are.
    """
    delayed: list[int] = []
    if counts.get(LATE, 0):
        table, delayed = _delay_some(table, counts[LATE], end, generator)
    extra: list[Row] = []
    used = np.zeros(table.num_rows, dtype=bool)
    used[delayed] = True
    planted = {LATE: len(delayed)}
    number = table.num_rows
    for kind, spoil in _SPOILERS.items():
        possible = np.flatnonzero(_spoilable(table, kind, schema, end) & ~used)
        chosen = _pick(possible, counts.get(kind, 0), generator)
        used[chosen] = True
        planted[kind] = len(chosen)
        for turn, position in enumerate(chosen):
            row = table.slice(position, 1).to_pylist()[0]
            if kind != "duplicate":
                number += 1
                row["event_id"] = f"{schema.prefix}{number:07d}"
            extra.append(spoil(row, turn, schema))
    return table, extra, planted


def plant(
    tables: Tables,
    schemas: dict[str, EventSchema],
    plan: Plan,
    end: datetime,
    seed: int,
    as_text: Callable[[pa.Table], pa.Table] | None,
) -> tuple[Tables, Plan]:
    """Plant the faults of a plan.

    Args:
        tables: clean typed events.
        schemas: one for each event.
        plan: kind -> event -> number of faults.
        end: first instant after the world; nothing is received later.
        seed: decides which rows are taken.
        as_text: turns typed tables into text; without it tables stay typed, and numbers that
            cannot be parsed cannot be planted.

    Returns:
        The tables with their faults, in order of arrival, and the counts really planted: an event
        that hardly ever happened has room for fewer.
    """
    if as_text is None:
        plan = plan | {UNPARSABLE: dict.fromkeys(plan.get(UNPARSABLE, {}), 0)}
    planted: Tables = {}
    found: dict[str, dict[str, int]] = {}
    for index, (event, table) in enumerate(tables.items()):
        counts = {kind: events.get(event, 0) for kind, events in plan.items()}
        # A stream for each event, so that the formats differ in nothing but what types rule out.
        generator = np.random.default_rng([seed, 2, index])
        real, extra, found[event] = _plant_event(table, counts, schemas[event], end, generator)
        planted[event] = _merge(real, extra, schemas[event], as_text)
    return planted, {
        kind: {event: found[event][kind] for event in events} for kind, events in plan.items()
    }


def _merge(
    table: pa.Table,
    extra: list[Row],
    schema: EventSchema,
    as_text: Callable[[pa.Table], pa.Table] | None,
) -> pa.Table:
    """Add the extra rows and sort everything by arrival."""
    spoiled = [
        {
            column: row[column]
            for column in schema.numbers
            if as_text is not None and isinstance(row[column], str)
        }
        for row in extra
    ]
    typed = [row | dict.fromkeys(texts) for row, texts in zip(extra, spoiled, strict=True)]
    merged = pa.concat_tables([table, pa.Table.from_pylist(typed, schema=table.schema)])
    order = pc.sort_indices(
        merged, sort_keys=[("received_at", "ascending"), ("event_id", "ascending")]
    )
    if as_text is None:
        return merged.take(order)
    text = as_text(merged)
    for offset, texts in enumerate(spoiled):
        for column, value in texts.items():
            values = text[column].to_pylist()
            values[table.num_rows + offset] = value
            position = text.column_names.index(column)
            text = text.set_column(position, column, pa.array(values, pa.string()))
    return text.take(order)
