"""Times the readout of an experiment on many events: through dbt, and as the same SQL bare."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.table import Table

from scripts.benchmark.bare import run_bare
from scripts.benchmark.dbt import Dbt, seconds_of
from scripts.benchmark.worlds import count_rows
from scripts.manifest import PROJECT

SCENARIO = "cloud_storage"
READOUT = "cloud_storage__experiment_readout"
SPLIT = "cloud_storage__experiment_split"


@dataclass(frozen=True)
class Run:
    """One run of the readout and all that it is made from.

    Attributes:
        dbt_seconds: the whole process of `dbt run`, its start included.
        node_seconds: the models, as dbt timed them, added up.
        readout_seconds: the readout and its split alone.
        bare_seconds: the same SQL run one after the other in DuckDB.
        peak_bytes: memory of the largest process.
    """

    dbt_seconds: float
    node_seconds: float
    readout_seconds: float
    bare_seconds: float
    peak_bytes: int


def make_world(folder: Path, users: int) -> int:
    """Simulate the events of so many users as Parquet files; returns their number."""
    command = [sys.executable, "-m", "scripts.worlds", "generate", SCENARIO]
    command += ["--users", str(users), "--format", "parquet", "--out", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True)
    return count_rows(sorted((folder / SCENARIO).rglob("*.parquet")))


def measure(world: Path, folder: Path) -> Run:
    """Build the readout from a world with dbt, then again with the SQL that dbt compiled.

    Raises:
        RunFailedError: dbt or the SQL fails; the file that the message names says which.
    """
    dbt = Dbt(folder / "dbt", {"raw_path": str(world)})
    whole, nodes = dbt.run("run", "--select", f"+{READOUT}")
    bare = run_bare(folder / "bare", dbt.statements(nodes))
    return Run(
        dbt_seconds=whole.seconds,
        node_seconds=seconds_of(nodes, "model"),
        readout_seconds=sum(node.seconds for node in nodes if node.name in (READOUT, SPLIT)),
        bare_seconds=bare.seconds,
        peak_bytes=max(whole.peak_bytes, bare.measured.peak_bytes),
    )


def show(events: int, runs: list[Run]) -> Table:
    """The medians of the runs, and what they were measured on."""
    table = Table("what", "median", "lowest", "highest", title=f"Readout of {events:,} events")
    for name, what in (
        ("dbt_seconds", "dbt run, whole process, s"),
        ("node_seconds", "its models, s"),
        ("readout_seconds", "of them split and readout, s"),
        ("bare_seconds", "the same SQL bare in DuckDB, s"),
    ):
        values = [getattr(run, name) for run in runs]
        figures = (statistics.median(values), min(values), max(values))
        table.add_row(what, *(f"{figure:.1f}" for figure in figures))
    ratios = [run.dbt_seconds / run.bare_seconds for run in runs]
    figures = (statistics.median(ratios), min(ratios), max(ratios))
    table.add_row("dbt run / bare", *(f"{figure:.2f}" for figure in figures))
    peak = max(run.peak_bytes for run in runs)
    table.caption = (
        f"peak memory of a process {peak / 2**30:.1f} GiB; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    return table
