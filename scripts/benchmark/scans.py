"""The columns that a query has to read, and a query that reads them and does nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb


def columns_read(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, list[str]]:
    """The columns of each table that DuckDB's own plan of a query reads, for output or filters.

    A table that the plan reads twice is there once, with the columns of both.
    """
    row = connection.execute(f"explain (format json) {query}").fetchone()
    assert row is not None
    found: dict[str, set[str]] = {}
    for scan in _scans(json.loads(row[1])):
        table = scan["Table"]
        known = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
        words = " ".join(_texts(scan.get("Projections")) + _texts(scan.get("Filters")))
        # Filters are text, such as ride_type='carpool': what is a column of the table is read.
        found.setdefault(table, set()).update(known & set(re.findall(r"\w+", words)))
    return {table: sorted(names) for table, names in sorted(found.items()) if names}


def bare_scan(table: str, columns: list[str]) -> str:
    """A query that has to read every value of these columns, and returns one number."""
    return f"select bit_xor(hash({', '.join(columns)})) from {table}"


def _scans(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in plan:
        details = step.get("extra_info", {})
        if "Table" in details:
            yield details
        yield from _scans(step.get("children", []))


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(text) for text in value]
