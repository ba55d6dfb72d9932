"""Queries that call the macros, rendered by dbt and run by DuckDB over data of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from scripts.warm_dbt import one_for_all

Row = dict[str, Any]
# Runs a query by its name over the relations it reads; with a column DRAW in one, for each draw.
Run = Callable[..., list[Row]]
DRAW = "draw"

SEPARATOR = "\n-- next query\n"


def compile_queries(queries: Iterable[str]) -> list[str]:
    """The queries as dbt renders them, all in one run of dbt."""
    arguments = ["--quiet", "compile", "--output", "json", "--inline", SEPARATOR.join(queries)]
    with TemporaryDirectory() as folder:
        run = one_for_all().run(Path(folder), *arguments)
    if run.exit_code:
        raise RuntimeError(run.output)
    compiled: str = json.loads(run.output)["compiled"]
    return compiled.split(SEPARATOR)


def register(connection: duckdb.DuckDBPyConnection, name: str, columns: Any) -> None:
    """Make a relation of a frame or a mapping of columns."""
    # DuckDB 1.5.6 can hang on a large scan of a pandas frame with text; Arrow's do not.
    table = pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
    connection.register(name, table)


def forms(queries: Mapping[str, str]) -> dict[tuple[str, bool], str]:
    """Each query twice: `draws`, the keys that it adds to its own, are none, or the column DRAW."""
    return {
        (name, is_of_draws): f"{{% set draws = {[DRAW] if is_of_draws else []} -%}}{query}"
        for name, query in queries.items()
        for is_of_draws in (False, True)
    }


def form_of(name: str, relations: Mapping[str, Any]) -> tuple[str, bool]:
    """Which form of a query its relations ask for."""
    return name, any(DRAW in columns for columns in relations.values())


def runner(queries: Mapping[str, str]) -> Run:
    """What runs these queries; dbt renders them first."""
    wanted = forms(queries)
    compiled = dict(zip(wanted, compile_queries(wanted.values()), strict=True))

    def run(name: str, **relations: Any) -> list[Row]:
        with duckdb.connect() as connection:
            for relation, columns in relations.items():
                register(connection, relation, columns)
            result = connection.execute(compiled[form_of(name, relations)])
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run
