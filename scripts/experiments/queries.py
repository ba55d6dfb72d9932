"""Queries that call the macros, rendered by dbt and run by DuckDB over data of one's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from scripts.manifest import PROJECT

Row = dict[str, Any]
# Runs a query by its name over the relations it reads.
Run = Callable[..., list[Row]]

SEPARATOR = "\n-- next query\n"


def compile_queries(queries: Iterable[str]) -> list[str]:
    """The queries as dbt renders them, all in one run of dbt, which takes seconds to start."""
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "compile"]
    command += ["--target", "memory", "--output", "json", "--inline", SEPARATOR.join(queries)]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    with TemporaryDirectory() as folder:
        command += ["--target-path", folder, "--log-path", folder]
        finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise RuntimeError(finished.stdout + finished.stderr)
    compiled: str = json.loads(finished.stdout)["compiled"]
    return compiled.split(SEPARATOR)


def register(connection: duckdb.DuckDBPyConnection, name: str, columns: Any) -> None:
    """Make a relation of a frame or a mapping of columns."""
    # DuckDB 1.5.6 can hang on a large scan of a pandas frame with text; Arrow's do not.
    table = pa.Table.from_pandas(pd.DataFrame(columns), preserve_index=False)
    connection.register(name, table)


def runner(queries: dict[str, str]) -> Run:
    """What runs these queries; dbt renders them first."""
    compiled = dict(zip(queries, compile_queries(queries.values()), strict=True))

    def run(name: str, **relations: Any) -> list[Row]:
        with duckdb.connect() as connection:
            for relation, columns in relations.items():
                register(connection, relation, columns)
            result = connection.execute(compiled[name])
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return run
