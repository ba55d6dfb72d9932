"""Times the readout of an experiment on many events: through dbt, and as the same SQL bare."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.table import Table

from scripts.manifest import PROJECT, read_manifest

SCENARIO = "cloud_storage"
READOUT = "cloud_storage__experiment_readout"
THREADS = 2


@dataclass(frozen=True)
class Run:
    """One run of the readout and all that it is made from.

    Attributes:
        dbt_seconds: the whole process of `dbt run`, its start included.
        node_seconds: the models, as dbt timed them, added up.
        readout_seconds: the readout and its split alone.
        bare_seconds: the same SQL run one after the other in DuckDB.
    """

    dbt_seconds: float
    node_seconds: float
    readout_seconds: float
    bare_seconds: float


def make_world(folder: Path, users: int) -> int:
    """Simulate the events of so many users as Parquet files; returns their number."""
    command = [sys.executable, "-m", "scripts.worlds", "generate", SCENARIO]
    command += ["--users", str(users), "--format", "parquet", "--out", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True)
    counted = duckdb.execute(
        f"select sum(num_rows) from parquet_file_metadata('{folder / SCENARIO}/*.parquet')"
    ).fetchone()
    assert counted is not None
    return int(counted[0])


def measure(world: Path, folder: Path) -> Run:
    """Build the readout from a world with dbt, then again with the SQL that dbt compiled.

    Raises:
        subprocess.CalledProcessError: dbt fails; its output has been printed.
    """
    folder.mkdir(parents=True)
    target, database = folder / "target", folder / "gsmt.duckdb"
    command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "run"]
    command += ["--select", f"+{READOUT}", "--threads", str(THREADS)]
    command += ["--vars", json.dumps({"raw_path": str(world)})]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(target), "--log-path", str(folder / "logs")]
    started = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "GSMT_DATABASE": str(database)})
    dbt_seconds = time.perf_counter() - started

    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    seconds = {
        row["unique_id"].rsplit(".", 1)[1]: row["execution_time"]
        for row in results
        if row["unique_id"].startswith("model.")
    }
    manifest = read_manifest(target)
    # The compiled SQL names the database, so the bare one has the same name in another folder.
    bare = folder / "bare" / database.name
    bare.parent.mkdir()
    with duckdb.connect(str(bare), config={"threads": THREADS}) as connection:
        started = time.perf_counter()
        for row in results:
            if row["unique_id"].startswith("model."):
                node = manifest.nodes[row["unique_id"]]
                kind = "view" if node["config"]["materialized"] == "view" else "table"
                connection.execute(
                    f"create {kind} {node['relation_name']} as {row['compiled_code']}"
                )
        bare_seconds = time.perf_counter() - started
    readout = sum(seconds[name] for name in (READOUT, f"{SCENARIO}__experiment_split"))
    return Run(dbt_seconds, sum(seconds.values()), readout, bare_seconds)


def show(events: int, runs: list[Run]) -> Table:
    """The medians of the runs, and what they were measured on."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
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
    table.caption = (
        f"peak memory of a process {children / 2**30:.1f} GiB; {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    return table
