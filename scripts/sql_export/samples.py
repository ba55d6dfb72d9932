"""`insert` statements of sample rows, so that a query pasted elsewhere has something to answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.generator import Generator

from scripts.manifest import Manifest
from scripts.sql_export.dialects import DIALECTS, Dialect
from scripts.sql_export.tables import Table, query_tables, star_schema_tables

NAME = "insert_sample_events"
# Few, and enough for every query over the seeds to have an answer.
USERS = 20
# Of a table that knows no users, such as one of days, or calls them by another name.
ROWS_OF_NOBODY = 400


def write_samples(
    manifest: Manifest, connection: duckdb.DuckDBPyConnection, folder: Path
) -> list[Path]:
    """Write sample rows of every scenario that is built, in the dialects that are executed.

    They are all events and facts of a few users and, so that keys join, whatever others have in
    the same rides, conversations and so on; of a table that knows none of them, its first rows.
    `connection` is to the database of a build, `folder` that of the export. Returns the paths
    written.
    """
    catalog = manifest.models()[0]["database"]
    built = connection.execute(
        "select schema_name from information_schema.schemata where catalog_name = ?", [catalog]
    ).fetchall()
    scenarios = {signal.scenario for signal in manifest.signals()} & {name for (name,) in built}
    written = []
    for scenario in sorted(scenarios):
        connection.execute(f"""set search_path = '"{catalog}"."{scenario}"'""")
        tables = query_tables(manifest, scenario)
        facts = [
            table
            for table in star_schema_tables(manifest, scenario)
            if table.name.startswith("fct_") and len(table.key) == 1
        ]
        sample = _sample(connection, tables, {table.key[0] for table in facts})
        for dialect in DIALECTS:
            if dialect.executed:
                path = folder / dialect.name / scenario / f"{NAME}.sql"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(_file(scenario, sample, dialect), encoding="utf-8")
                written.append(path)
    return written


def _sample(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], keys: set[str]
) -> list[tuple[Table, list[tuple[Any, ...]]]]:
    """The rows of the chosen users, and those that share one of the keys with them."""
    of_users = [table for table in tables if "user_id" in table.columns]
    users = " union ".join(f"select user_id from {table.name}" for table in of_users)
    connection.execute(
        f"""
        create or replace temporary table sampled_users as
        select user_id from ({users}) as users order by md5(user_id) limit {USERS}
        """
    )
    shared = {key for table in of_users for key in table.columns if key in {"user_id", *keys}}
    # Once for each key: to work out the views of events again for each table would take minutes.
    for key in shared:
        values = " union ".join(
            f"select {key} from {table.name} where user_id in (from sampled_users)"
            for table in of_users
            if key in table.columns
        )
        connection.execute(f"create or replace temporary table sampled_{key} as {values}")
    sampled = []
    for table in tables:
        links = sorted(shared & table.columns.keys())
        condition = " or ".join(f"{key} in (from sampled_{key})" for key in links)
        select = f"select {', '.join(table.columns)} from {table.name}"
        chosen = f"{select} where {condition or 'false'} order by all"
        rows = connection.execute(chosen).fetchall()
        if not rows and "user_id" not in table.columns:
            first = f"{select} order by all limit {ROWS_OF_NOBODY}"
            rows = connection.execute(first).fetchall()
        sampled.append((table, rows))
    return sampled


def _file(
    scenario: str, sample: list[tuple[Table, list[tuple[Any, ...]]]], dialect: Dialect
) -> str:
    statements = [
        f"insert into {table.name} ({', '.join(table.columns)}) values\n"
        + ",\n".join(f"({', '.join(_literal(value, dialect) for value in row)})" for row in rows)
        + ";\n"
        for table, rows in sample
        if rows
    ]
    head = (
        f"-- rows: events of {USERS} users of {scenario}, for the tables of create_events.sql\n"
        f"-- dialect: {dialect.name} ({dialect.claim})\n"
    )
    return "\n".join([head, *statements])


def _literal(value: object, dialect: Dialect) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return str(value).lower()
        case list():
            return _written(exp.cast(exp.convert(value), "varchar[]"), dialect)
        case _:
            return _written(exp.Literal.string(str(value)), dialect)


def _written(value: exp.Expr, dialect: Dialect) -> str:
    return _generator(dialect.name).generate(value, copy=False)


@cache
def _generator(dialect: str) -> Generator:
    # To make one takes longer than to write a value.
    return sqlglot.Dialect.get_or_raise(dialect).generator()
