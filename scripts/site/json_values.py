"""Values of a database as JSON has them, in a script that no text of theirs can end."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import duckdb


def json_value(value: Any) -> Any:
    """A value of a row: numbers as such, days and all else as text."""
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def json_rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query, each by the names of its columns."""
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, map(json_value, row), strict=True)) for row in result.fetchall()]


def script_json(content: Any) -> str:
    """JSON as it may stand in a script: without `<`, so that nothing in it is a tag."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
