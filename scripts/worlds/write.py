"""Writers of tables: CSV and Parquet, whole files or none."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place once it is complete."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def as_text(table: pa.Table) -> pa.Table:
    """Turn every column into the text it has in a CSV; lists become JSON arrays, nulls stay."""
    return pa.table({name: _text(table[name].combine_chunks()) for name in table.column_names})


def _text(column: pa.Array) -> pa.Array:
    if not pa.types.is_list(column.type):
        return pc.cast(column, pa.string())
    # The elements are ids and codes, which need no escaping.
    joined = pc.binary_join(column, '","')
    quoted = pc.binary_join_element_wise('["', joined, '"]', "")
    return pc.if_else(pc.equal(pc.list_value_length(column), 0), "[]", quoted)


def _quoted(column: pa.Array) -> pa.Array:
    """Quote the fields that hold a quote, a comma or a line break, and only those."""
    escaped = pc.replace_substring(column, '"', '""')
    quoted = pc.binary_join_element_wise('"', escaped, '"', "")
    return pc.if_else(pc.match_substring_regex(column, '[",\n]'), quoted, column)


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table of text; a null becomes an empty field.

    Arrow's own writer quotes every string, which makes these files a quarter larger.
    """
    with _whole(path) as temporary, temporary.open("wb") as file:
        file.write((",".join(table.column_names) + "\n").encode())
        for batch in table.to_batches(max_chunksize=65_536):
            fields = [_quoted(column) for column in batch.columns]
            lines = pc.binary_join_element_wise(
                *fields, ",", null_handling="replace", null_replacement=""
            )
            file.writelines(f"{line}\n".encode() for line in lines.to_pylist())


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a typed table; timestamps get microseconds, which every engine reads."""
    with _whole(path) as temporary:
        pa.parquet.write_table(table, temporary, compression="zstd", coerce_timestamps="us")


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write an indented JSON document."""
    with _whole(path) as temporary:
        temporary.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {"csv": write_csv, "parquet": write_parquet}
