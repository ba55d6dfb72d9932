"""Plants a known number of faults into clean events.

A fault is an extra row, made from a real one, so that what the simulation made stays whole. Only
a late arrival changes a real row, and only the time at which it was received.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import Booleans, Integers, identifiers
from scripts.worlds.fields import EVENT_ID_WIDTH, plain
from scripts.worlds.scenario import EventSchema

UNPARSABLE = "unparsable_number"
LATE = "late_arrival"

_UNPARSABLE_NUMBERS = ("n/a", "abc", "12,5")
_LATEST_DELAY = timedelta(days=5)
_LATEST_COPY = timedelta(days=2)
# However many faults there are: copies come within these hours, clocks run ahead by so many days.
_COPY_HOURS = range(1, 42, 5)
_AHEAD_DAYS = range(2, 32, 3)

Counts = dict[str, int]
"""Number of faults of each kind."""

Plan = dict[str, Counts]
"""Number of faults of each event, by kind."""


def fault_plan(kinds: tuple[str, ...], events: dict[str, tuple[int, ...]]) -> Plan:
    """Read a table of faults: one row for each event, with a number for each of the kinds."""
    rows = {event: dict(zip(kinds, counts, strict=True)) for event, counts in events.items()}
    return {
        kind: {event: counts[kind] for event, counts in rows.items() if counts[kind]}
        for kind in kinds
    }


@dataclass(frozen=True)
class Ground:
    """What the faults of some rows of an event grow on.

    Attributes:
        table: the clean rows, typed.
        schema: their event.
        end: first instant after the world; nothing is received later.
        until: first instant after the time that a future clock may be received in.
        unknown: number from which on an id belongs to nothing.
        new_numbers: event numbers for extra rows, as many as there are rows.
    """

    table: pa.Table
    schema: EventSchema
    end: datetime
    until: datetime
    unknown: int
    new_numbers: Integers

    @cached_property
    def received(self) -> Integers:
        """When the clean rows arrived, in seconds since 1970."""
        return seconds_of(self.table["received_at"])


@dataclass(frozen=True)
class Planted:
    """Rows with their faults.

    Attributes:
        table: the real rows, some of which arrive late.
        extra: the rows to add, by kind.
        counts: how many faults of each kind there are now.
    """

    table: pa.Table
    extra: dict[str, pa.Table]
    counts: Counts


def seconds_of(column: pa.ChunkedArray) -> Integers:
    """Give timestamps as seconds since 1970."""
    return np.asarray(column.cast(pa.timestamp("s")).cast(pa.int64()).to_numpy())


def _second(instant: datetime) -> np.int64:
    return np.datetime64(instant, "s").astype(np.int64)


def _with(table: pa.Table, column: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, values)


def _with_seconds(table: pa.Table, column: str, seconds: Integers) -> pa.Table:
    values = pa.array(seconds).cast(pa.timestamp("s"))
    return _with(table, column, values.cast(table.schema.field(column).type))


def _in_turns(
    rows: pa.Table, columns: tuple[str, ...], change: Callable[[str, pa.ChunkedArray], pa.Array]
) -> pa.Table:
    """Change one column of each row, in turns."""
    turns = np.arange(rows.num_rows) % len(columns)
    for turn, column in enumerate(columns):
        changed = change(column, rows[column])
        rows = _with(rows, column, pc.if_else(pa.array(turns == turn), changed, rows[column]))
    return rows


def _pick(rows: Integers, count: int, generator: np.random.Generator) -> Integers:
    """Draw different rows, in order: as many as wanted, or as there are."""
    return np.sort(generator.choice(rows, min(count, len(rows)), replace=False))


def _delay_some(
    ground: Ground, count: int, generator: np.random.Generator
) -> tuple[pa.Table, Integers]:
    """Let some rows arrive days after they happened; give their positions too."""
    event_at = seconds_of(ground.table["event_at"])
    received_at = ground.received.copy()
    possible = event_at < _second(ground.end - _LATEST_DELAY)
    chosen = _pick(np.flatnonzero(possible), count, generator)
    delay = generator.integers(36 * 3_600, 120 * 3_600, len(chosen))
    received_at[chosen] = event_at[chosen] + delay
    return _with_seconds(ground.table, "received_at", received_at), chosen


def _duplicate(rows: pa.Table, ground: Ground) -> pa.Table:
    hours = np.resize(_COPY_HOURS, rows.num_rows)
    seconds = seconds_of(rows["received_at"]) + 3_600 * hours
    return _with_seconds(rows, "received_at", seconds)


def _future_clock(rows: pa.Table, ground: Ground) -> pa.Table:
    days = np.resize(_AHEAD_DAYS, rows.num_rows)
    seconds = seconds_of(rows["received_at"]) + 86_400 * days + 7 * 60
    return _with_seconds(rows, "event_at", seconds)


def _null_id(rows: pa.Table, ground: Ground) -> pa.Table:
    return _in_turns(rows, ground.schema.required_ids, lambda _, values: pa.scalar(None, "string"))


def _unparsable_number(rows: pa.Table, ground: Ground) -> pa.Table:
    """Spoil numbers that are text already."""
    texts = pa.array(np.resize(_UNPARSABLE_NUMBERS, rows.num_rows))
    return _in_turns(rows, ground.schema.numbers, lambda _, values: texts)


def _unknown_enum(rows: pa.Table, ground: Ground) -> pa.Table:
    accepted = ground.schema.accepted
    return _in_turns(rows, tuple(accepted), lambda column, values: pa.scalar(accepted[column]))


def _negative_amount(rows: pa.Table, ground: Ground) -> pa.Table:
    def below_zero(_: str, values: pa.ChunkedArray) -> pa.Array:
        is_amount = pc.fill_null(pc.greater(values, 0), False)
        return pc.if_else(is_amount, pc.negate(values), pa.scalar(-1, values.type))

    return _in_turns(rows, ground.schema.money, below_zero)


def _orphan(rows: pa.Table, ground: Ground) -> pa.Table:
    numbers = ground.unknown + np.arange(rows.num_rows)
    for column, prefix in ground.schema.foreign_keys.items():
        unknown = identifiers(prefix, numbers, 6)
        rows = _with(rows, column, pc.if_else(pc.is_valid(rows[column]), unknown, rows[column]))
    return rows


_SPOILERS: dict[str, Callable[[pa.Table, Ground], pa.Table]] = {
    "duplicate": _duplicate,
    "future_clock": _future_clock,
    "null_id": _null_id,
    UNPARSABLE: _unparsable_number,
    "unknown_enum": _unknown_enum,
    "negative_amount": _negative_amount,
    "orphan": _orphan,
}


def _spoilable(ground: Ground, kind: str) -> Booleans:
    """Tell which rows a fault of this kind can be made from, shape (rows,)."""
    table, schema = ground.table, ground.schema
    if kind == "duplicate":
        # The copy arrives some hours later, which has to be inside the world.
        return np.asarray(ground.received < _second(ground.end - _LATEST_COPY))
    if kind == "future_clock":
        return np.asarray(ground.received < _second(ground.until))
    if kind == "orphan" and schema.orphan_where is not None:
        column, value = schema.orphan_where
        found = pc.equal(pc.cast(table[column], pa.string()), value)
        return np.asarray(found.fill_null(False).to_numpy())
    return np.ones(table.num_rows, dtype=bool)


def plant(
    ground: Ground,
    counts: Counts,
    generator: np.random.Generator,
    as_text: Callable[[pa.Table], pa.Table] | None,
) -> Planted:
    """Plant faults of an event.

    Args:
        ground: rows of the event, and what has to be known of them.
        counts: how many faults of each kind are wanted; where hardly anything happened there is
            room for fewer.
        generator: decides which rows are taken.
        as_text: turns typed rows into text; without it rows stay typed, and numbers that cannot be
            parsed cannot be planted.
    """
    table, delayed = ground.table, np.empty(0, dtype=np.int64)
    if counts.get(LATE, 0):
        table, delayed = _delay_some(ground, counts[LATE], generator)
    used = np.zeros(table.num_rows, dtype=bool)
    used[delayed] = True
    chosen: dict[str, Integers] = {}
    for kind in _SPOILERS:
        count = counts.get(kind, 0)
        if count and (kind != UNPARSABLE or as_text is not None):
            chosen[kind] = _pick(np.flatnonzero(_spoilable(ground, kind) & ~used), count, generator)
            used[chosen[kind]] = True
    planted = {LATE: len(delayed)} | {kind: len(chosen.get(kind, ())) for kind in _SPOILERS}

    # A call costs as much as many rows, so all rows are copied at once.
    copies = plain(table.take(pa.array(np.concatenate([delayed[:0], *chosen.values()]))))
    extra: dict[str, pa.Table] = {}
    first = added = 0
    for kind, positions in chosen.items():
        rows = copies.slice(first, len(positions))
        first += len(positions)
        if kind != "duplicate":
            numbers = ground.new_numbers[added : added + len(positions)]
            added += len(positions)
            event_ids = identifiers(ground.schema.prefix, numbers, EVENT_ID_WIDTH)
            rows = _with(rows, "event_id", event_ids)
        if kind == UNPARSABLE and as_text is not None:
            rows = as_text(rows)
        extra[kind] = _SPOILERS[kind](rows, ground)
        if kind != UNPARSABLE and as_text is not None:
            extra[kind] = as_text(extra[kind])
    return Planted(table if as_text is None else as_text(plain(table)), extra, planted)
