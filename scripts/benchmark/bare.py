"""Runs SQL bare in DuckDB, in a process of its own: `python -m scripts.benchmark.bare PLAN`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.benchmark.dbt import Statement, engine_settings
from scripts.benchmark.process import Measured, measure
from scripts.benchmark.scans import bare_scan, columns_read
from scripts.manifest import PROJECT


@dataclass(frozen=True)
class Bare:
    """What a process of bare SQL took.

    Attributes:
        measured: the whole process, Python's start included.
        seconds: from opening the database to having closed it, without the scans.
        statements: seconds of each statement by its name.
        scans: seconds of the bare scan of the columns that a model reads, where that was asked for.
        columns: those columns, by table.
    """

    measured: Measured
    seconds: float
    statements: dict[str, float]
    scans: dict[str, float]
    columns: dict[str, dict[str, list[str]]]


def run_bare(folder: Path, statements: list[Statement], scanned: Collection[str] = ()) -> Bare:
    """Run statements one after the other in one connection to `folder`/gsmt.duckdb.

    The settings of the engine are those of dbt's profile. The database has the name that dbt's
    has, since compiled SQL names it. The columns that the query of a model in `scanned` reads are
    read once more without the query, right after it.

    Raises:
        RunFailedError: a statement fails; the file that the message names says which.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plan, answer = folder / "plan.json", folder / "answer.json"
    answer.unlink(missing_ok=True)
    plan.write_text(
        json.dumps(
            {
                "database": str(folder / "gsmt.duckdb"),
                "options": engine_settings(kind="config_options"),
                "settings": engine_settings(),
                "statements": [asdict(statement) for statement in statements],
                "scanned": list(scanned),
                "answer": str(answer),
            }
        ),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "scripts.benchmark.bare", str(plan)]
    measured = measure(command, folder / "output.txt", folder=PROJECT)
    found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return Bare(measured, found["seconds"], found["statements"], found["scans"], found["columns"])


def _main(plan: dict[str, Any]) -> None:
    statements: dict[str, float] = {}
    scans: dict[str, float] = {}
    columns: dict[str, dict[str, list[str]]] = {}
    aside = 0.0
    started = time.perf_counter()
    with duckdb.connect(plan["database"], config=plan["options"]) as connection:
        for name, value in plan["settings"].items():
            connection.execute(f"set {name} = '{value}'")
        for statement in (Statement(**row) for row in plan["statements"]):
            began = time.perf_counter()
            connection.execute(statement.sql).fetchall()
            statements[statement.name] = time.perf_counter() - began
            if statement.name in plan["scanned"]:
                asked = time.perf_counter()
                query = statement.sql.split(" as ", 1)[1]
                columns[statement.name] = columns_read(connection, query)
                began = time.perf_counter()
                for table, names in columns[statement.name].items():
                    connection.execute(bare_scan(table, names)).fetchall()
                scans[statement.name] = time.perf_counter() - began
                aside += time.perf_counter() - asked
    seconds = time.perf_counter() - started - aside
    content = {"seconds": seconds, "statements": statements, "scans": scans, "columns": columns}
    Path(plan["answer"]).write_text(json.dumps(content), encoding="utf-8")


if __name__ == "__main__":
    _main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
