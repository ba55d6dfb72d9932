"""The logs in a folder: their columns, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.database import quoted

ROWS = 200_000
_DAY = re.compile(r"event_date=\d{4}-\d{2}-\d{2}")


class LogError(Exception):
    """A folder or file that cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Log:
    """A file or folder of files with one kind of rows.

    `name` is its place below the folder, without the ending, as a mapping calls it; `columns` are
    DuckDB's types by name, VARCHAR for all of a CSV file. Of its rows ROWS are looked at.
    """

    name: str
    columns: Mapping[str, str]
    connection: duckdb.DuckDBPyConnection
    table: str

    def values(
        self, column: str, where: Mapping[str, str] | None = None, limit: int = 50
    ) -> list[str]:
        """A column's values as text, the most frequent first, in rows that are `where`."""
        text = f"trim(cast({quoted(column)} as varchar))"
        conditions = [f"{text} <> ''"]
        conditions += [f"trim(cast({quoted(name)} as varchar)) = ?" for name in where or {}]
        found = self.connection.execute(
            f"""
            select {text} as value from {self.table} where {" and ".join(conditions)}
            group by value order by count(*) desc, value limit {limit}
            """,
            list((where or {}).values()),
        )
        return [row[0] for row in found.fetchall()]


def find_logs(folder: Path, connection: duckdb.DuckDBPyConnection) -> list[Log]:
    """Every log below a folder, by name.

    Files in folders of days (event_date=...) are one log, and so are several files of one folder
    that have the same columns and names that differ in digits only.

    Raises:
        LogError: there is no CSV or Parquet file, or one cannot be read.
    """
    files: dict[tuple[str, str], list[Path]] = {}
    for file in sorted(folder.glob("**/*")):
        if file.suffix in (".csv", ".parquet") and file.is_file():
            place = file.relative_to(folder)
            days = [at for at, part in enumerate(place.parts) if _DAY.fullmatch(part)]
            log = Path(*place.parts[: days[0]]) if days else place.with_suffix("")
            files.setdefault((log.as_posix(), file.suffix), []).append(file)
    if not files:
        raise LogError(f"{folder}: no CSV or Parquet file")
    logs = []
    for number, ((name, suffix), found) in enumerate(files.items()):
        table = f"log_{number}"
        options = "header = true, all_varchar = true, null_padding = true"
        if suffix == ".parquet":
            options = "hive_partitioning = false"
        paths = ", ".join("'" + str(file).replace("'", "''") + "'" for file in found)
        reader = f"read_{suffix[1:]}([{paths}], union_by_name = true, {options})"
        try:
            connection.execute(
                f"create table {table} as from {reader}"
                f" using sample reservoir({ROWS} rows) repeatable (1)"
            )
        except duckdb.Error as error:
            raise LogError(f"{name}{suffix}: {str(error).splitlines()[0]}") from None
        columns = connection.execute(f"describe {table}").fetchall()
        logs.append(Log(name, {row[0]: row[1] for row in columns}, connection, table))
    return _with_folders(logs)


def _with_folders(logs: list[Log]) -> list[Log]:
    """The logs, with parts of one as one."""
    of_folder: dict[str, list[Log]] = {}
    for log in logs:
        of_folder.setdefault(log.name.rpartition("/")[0], []).append(log)
    found = []
    for folder, members in of_folder.items():
        kinds = {(re.sub("[0-9]", "", log.name), *log.columns.items()) for log in members}
        if folder and len(members) > 1 and len(kinds) == 1:
            first = members[0]
            for other in members[1:]:
                first.connection.execute(f"insert into {first.table} by name from {other.table}")
            found.append(Log(folder, first.columns, first.connection, first.table))
        else:
            found.extend(members)
    return sorted(found, key=lambda log: log.name)
