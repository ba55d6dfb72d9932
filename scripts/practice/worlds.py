"""The two worlds of an exercise: schemas `visible` and `hidden` of one database in memory."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from scripts.database import quoted_text

VISIBLE, HIDDEN = "visible", "hidden"


class NoWorldError(Exception):
    """A world cannot be read; the message says what makes it."""


def load_worlds(
    connection: duckdb.DuckDBPyConnection,
    databases: dict[str, Path],
    scenario: str,
    tables: Iterable[str],
) -> None:
    """Copy tables of a scenario from the databases of builds into the schemas that name them.

    Raises:
        NoWorldError: a database is not there, or has no such table.
    """
    for world, database in databases.items():
        if not database.exists():
            raise NoWorldError(f"there is no {database}: `make practice` builds it")
        connection.execute(f"attach {quoted_text(database)} as built (read_only)")
        try:
            connection.execute(f"create schema if not exists {world}")
            for table in tables:
                connection.execute(
                    f"create or replace table {world}.{table} as from built.{scenario}.{table}"
                )
        except duckdb.CatalogException as error:
            raise NoWorldError(f"{database}: {error}") from None
        finally:
            connection.execute("detach built")


def pack_worlds(databases: dict[str, Path], scenario: str, tables: Iterable[str]) -> bytes:
    """A DuckDB file with the tables in the schemas of their worlds, compressed by gzip.

    Raises:
        NoWorldError: a database is not there, or has no such table.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "worlds.duckdb"
        with duckdb.connect(str(file)) as connection:
            load_worlds(connection, databases, scenario, tables)
        # The same worlds make the same bytes, whenever they are packed.
        return gzip.compress(file.read_bytes(), mtime=0)
