"""Since when a target is missed: judged again as it would have been at earlier month ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from scripts.database import quoted_text
from scripts.manifest import Manifest
from scripts.target_status import TargetStatus

# How many months back a target is judged again.
MOST_MONTHS = 12
_BUILT, _VALUES = "built", "memory.main.metric_values_of_all_days"


def missed_since(
    manifest: Manifest,
    database: Path,
    statuses: Iterable[TargetStatus],
    targets: Mapping[str, Mapping[str, Any]],
) -> dict[str, date]:
    """For each missed target the first of the month ends in a row at which it was missed, too.

    The SQL of the target status runs over what the marts had of complete periods then. A target
    that compares groups of a fact or of a readout is left out: those do not say what was known.

    Args:
        manifest: of a build, with what dbt compiled.
        database: that build's.
        statuses: what it says of every target.
        targets: the declarations, by id.
    """
    missed: dict[str, set[str]] = {}
    for status in statuses:
        if status.status == "missed" and "compare" not in targets[status.id]:
            missed.setdefault(status.scenario, set()).add(status.id)

    def since(scenario: str) -> dict[str, date]:
        sql = manifest.model(f"{scenario}__target_status").get("compiled_code")
        if not sql:
            return {}
        values = str(manifest.model(f"{scenario}__metric_values")["relation_name"])
        with duckdb.connect() as connection:
            _attach(connection, database, str(sql), values)
            return _missed(connection, str(sql), values, missed[scenario])

    # DuckDB plans a query in one thread, and planning these takes longer than running them.
    with ThreadPoolExecutor() as pool:
        return {target: day for own in pool.map(since, missed) for target, day in own.items()}


def _attach(connection: duckdb.DuckDBPyConnection, database: Path, sql: str, values: str) -> None:
    """Give each table that the SQL reads its name here; the metrics' values become VALUES."""
    file = quoted_text(database)
    catalog = values.split(".")[0]
    # A view of the database names its tables by the catalog, so it can be read only as that.
    connection.execute(f"attach {file} as {catalog} (type duckdb, read_only)")
    connection.execute(f"create table {_VALUES} as from {values}")
    connection.execute(f"detach {catalog}")
    connection.execute(f"attach {file} as {_BUILT} (type duckdb, read_only)")
    connection.execute(f"attach ':memory:' as {catalog}")
    tables = connection.execute(
        """
        select '"' || schema_name || '"', '"' || table_name || '"'
        from duckdb_tables()
        where database_name = ?
        """,
        [_BUILT],
    ).fetchall()
    for schema, name in tables:
        if name not in sql:
            continue
        connection.execute(f"create schema if not exists {catalog}.{schema}")
        if f"{catalog}.{schema}.{name}" != values:
            connection.execute(
                f"create view {catalog}.{schema}.{name} as from {_BUILT}.{schema}.{name}"
            )


def _missed(
    connection: duckdb.DuckDBPyConnection, sql: str, values: str, targets: Collection[str]
) -> dict[str, date]:
    """Judge at one month end after the other, from the latest back, while a target is missed."""
    newest = connection.execute(f"select max(period_start) from {_VALUES} where is_complete")
    (last,) = newest.fetchone() or (None,)
    found: dict[str, date] = {}
    waiting = set(targets)
    end = last.replace(day=1) if last else None
    for _ in range(MOST_MONTHS):
        if not waiting or end is None:
            break
        connection.execute(
            f"""
            create or replace view {values} as
            from {_VALUES}
            where is_complete and date '{end}' >= case period_grain
                when 'day' then period_start + interval 1 day
                when 'month' then period_start + interval 1 month
                else period_start + interval 7 days
            end
            """
        )
        judged = dict(connection.execute(f"select target_id, status from ({sql})").fetchall())
        waiting = {target for target in waiting if judged.get(target) == "missed"}
        found.update(dict.fromkeys(waiting, end - timedelta(days=1)))
        end = (end - timedelta(days=1)).replace(day=1)
    return found
