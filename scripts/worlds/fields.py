"""How numbers become what is logged: kinds of fields, and the tables of events."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import (
    Actors,
    Integers,
    choose,
    envelope,
    identifiers,
    timestamps,
)
from scripts.worlds.scenario import Columns, Field

EVENT_ID_WIDTH = 7


def ids(prefix: str, width: int) -> Field:
    """Make a field of ids; negative numbers become null."""
    return lambda values, actors: identifiers(prefix, values, width)


def one_of(names: tuple[str, ...]) -> Field:
    """Make a field of names from their codes; negative codes become null."""
    return lambda values, actors: choose(names, values)


def whole(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give whole numbers as they are; negative ones become null."""
    return pa.array(values, mask=values < 0)


def rounded(digits: int) -> Field:
    """Make a field of numbers with so many digits behind the point."""
    return lambda values, actors: pa.array(np.round(values, digits))


def flag(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give what is true or false as it is."""
    return pa.array(values)


def actor(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give the ids of actors."""
    return actors.ids(values)


def time(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give seconds since the start of the world as timestamps."""
    return timestamps(values)


def some_of(names: tuple[str, ...]) -> Field:
    """Make a field of lists of names from rows of codes; negative codes are left out."""
    return lambda values, actors: _lists(
        values, lambda codes: pa.array(names).take(pa.array(codes))
    )


def actor_lists(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give lists of actors' ids."""
    return _lists(values, actors.ids)


def id_lists(prefix: str, width: int) -> Field:
    """Make a field of lists of ids from rows of numbers; negative numbers are left out."""

    def named(numbers: np.ndarray) -> pa.Array:
        return identifiers(prefix, numbers, width)

    return lambda values, actors: _lists(values, named)


def _lists(indexes: Integers, named: Callable[[Integers], pa.Array]) -> pa.Array:
    present = indexes >= 0
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), named(indexes[present]))


def write_down(columns: Columns, fields: dict[str, Field], prefix: str, actors: Actors) -> pa.Table:
    """Turn the numbers of one event into its table, in the same order.

    Args:
        columns: the numbers.
        fields: the fields besides the envelope.
        prefix: start of the event's ids.
        actors: everybody in the world.

    Returns:
        A typed table; texts with few values are dictionaries.
    """
    event_ids = identifiers(prefix, columns["number"], EVENT_ID_WIDTH)
    opening = envelope(event_ids, columns["at"], columns["received"], columns["actor"], actors)
    rest = {name: field(columns[name], actors) for name, field in fields.items()}
    return pa.table({**opening, **rest})


def plain(table: pa.Table) -> pa.Table:
    """Turn dictionaries into the texts that they stand for."""
    names, columns = table.column_names, table.columns
    return pa.table(
        {
            name: pc.cast(column, column.type.value_type)
            if pa.types.is_dictionary(column.type)
            else column
            for name, column in zip(names, columns, strict=True)
        }
    )
