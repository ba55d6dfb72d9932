"""Writers of tables: CSV and Parquet, whole files or none, and errors that name the file."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from scripts.worlds.scenario import WorldError

_ROW_GROUP = 250_000


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place once it is complete."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise WorldError(f"{path} cannot be written: {why}") from error
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


def write_parquet(table: pa.Table, path: Path, notes: dict[str, str]) -> None:
    """Write a typed table, with notes in its footer.

    Timestamps get microseconds, which every engine reads; dictionaries are read as the plain text
    that they stand for.
    """
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    others = [field.name for field in table.schema if field.name not in texts]
    times = [name for name in others if pa.types.is_timestamp(table.schema.field(name).type)]
    with (
        _whole(path) as temporary,
        pa.parquet.ParquetWriter(
            temporary,
            table.schema,
            compression="zstd",
            compression_level=1,
            # Nearly every id and instant is another one: a dictionary of them, or the least and
            # greatest id, costs time and place and helps nobody.
            use_dictionary=[name for name in others if name not in times],
            write_statistics=others,
            coerce_timestamps="us",
            store_schema=False,
        ) as writer,
    ):
        writer.write_table(table, row_group_size=_ROW_GROUP)
        writer.add_key_value_metadata(notes)


def write_json(content: dict[str, Any], path: Path) -> None:
    """Write an indented JSON document."""
    with _whole(path) as temporary:
        temporary.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
