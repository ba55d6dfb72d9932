"""Says in one line why the database of a build cannot be opened: `python -m scripts.database`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import duckdb
import typer

USAGE_ERROR = 2


class UnusableDatabaseError(Exception):
    """The database of a build cannot be opened; the message is one line that says why."""


def check_database(path: str, memory_limit: str) -> None:
    """See that a build can open its database for writing, with what DuckDB may use of memory.

    Raises:
        UnusableDatabaseError: it is no database or held by another process, its folder is not
            there, or the limit is no size; the message names what was set, and the process.
    """
    with duckdb.connect(":memory:") as connection:
        try:
            connection.execute(f"set memory_limit = {quoted_text(memory_limit)}")
        except duckdb.Error:
            raise UnusableDatabaseError(
                f"GSMT_MEMORY_LIMIT: {memory_limit!r} is not a size as DuckDB reads it, such as 6GB"
            ) from None
    if not path:
        raise UnusableDatabaseError("GSMT_DATABASE: is empty and names no file")
    if not Path(path).exists():
        # The build makes it, in the format of its profile.
        if not Path(path).absolute().parent.is_dir():
            raise UnusableDatabaseError(f"GSMT_DATABASE: there is no folder for {path}")
        return
    try:
        duckdb.connect(path).close()
    except duckdb.IOException as error:
        raise UnusableDatabaseError(f"GSMT_DATABASE: {why_not_opened(path, error)}") from None
    except duckdb.ConnectionException:
        # This process itself has it open in another way.
        pass


def quoted(name: str) -> str:
    """A name of a column or table for SQL, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: object) -> str:
    """A text for SQL, such as the path of a file, whatever stands in it."""
    return "'" + str(text).replace("'", "''") + "'"


def why_not_opened(path: str | Path, error: duckdb.Error) -> str:
    """What DuckDB says of a database that it does not open, in one line; a lock comes in words."""
    text = " ".join(str(error).split())
    held = re.search(r"Conflicting lock is held in (.*?\(PID \d+\))", text)
    if held:
        return f"{path} is in use by another process, {held[1]}; wait until it ends"
    return f"{path} cannot be opened: {text}"


def main(
    database: Annotated[str, typer.Option(envvar="GSMT_DATABASE")] = "gsmt.duckdb",
    memory_limit: Annotated[str, typer.Option(envvar="GSMT_MEMORY_LIMIT")] = "6GB",
) -> None:
    """Exit status: 0 a build can open its database; 2 it cannot, and a line says why."""
    try:
        check_database(database, memory_limit)
    except UnusableDatabaseError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None


if __name__ == "__main__":
    typer.run(main)
