"""Ride sharing on Spark, compared with DuckDB: `python -m scripts.spark`, or `make spark`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from scripts.manifest import PROJECT, read_manifest
from scripts.spark.comparison import Comparison, compare, open_both
from scripts.spark.machine import missing
from scripts.target_status import NotBuiltError, wide_console

SCENARIO = "ride_sharing"
# Unit tests bring their own rows and are of the SQL, not of the engine; DuckDB runs them.
ON_SPARK = ("build", "--target", "spark", "--exclude-resource-type", "unit_test")
# The tests of the marts have run on Spark by then, so here only what they are compared with.
ON_DUCKDB = ("--quiet", "build", "--resource-type", "seed", "--resource-type", "model")

app = typer.Typer(add_completion=False)


def run_dbt(folder: Path, *arguments: str) -> bool:
    """Run dbt on the scenario with all that it writes in `folder`; whether it succeeded."""
    engine = "spark" if "spark" in arguments else "duckdb"
    command = [str(Path(sys.executable).with_name("dbt")), *arguments, "--select", SCENARIO]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(folder / engine), "--log-path", str(folder / "logs")]
    places = {
        "GSMT_DATABASE": str(folder / "gsmt.duckdb"),
        "GSMT_SPARK_WAREHOUSE": str(folder / "spark_warehouse"),
    }
    # Spark's own warnings are about the machine and the network; PySpark's about pandas.
    quiet = {"PYTHONWARNINGS": "ignore", "SPARK_LOCAL_IP": "127.0.0.1"}
    environment = quiet | os.environ | places
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode == 0


def comparison_table(comparisons: Iterable[Comparison]) -> Table:
    """One row for each table, with its rows and whether the engines agree."""
    table = Table(box=None, pad_edge=False)
    for heading in ("table", "rows", "Spark and DuckDB"):
        table.add_column(heading, justify="right" if heading == "rows" else "left")
    for comparison in comparisons:
        verdict = "[red]differ" if comparison.differences else "[green]equal"
        table.add_row(comparison.model, f"{comparison.rows:,}", verdict)
    return table


@app.command()
def main(
    folder: Annotated[
        Path, typer.Option(help="Where warehouse, database and dbt's files are put.")
    ] = Path("target/spark"),
) -> None:
    """Build ride sharing on Spark and on DuckDB, and compare their marts.

    Exit status: 0 all are equal; 1 something differs, or a build or a test of it failed; 2 Spark
    cannot run here, and why is said.
    """
    if reason := missing():
        typer.secho(f"error: {reason}", fg="red", err=True)
        raise typer.Exit(2)
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if not run_dbt(folder, *ON_SPARK) or not run_dbt(folder, *ON_DUCKDB):
        raise typer.Exit(1)
    try:
        manifest = read_manifest(folder / "duckdb")
        warehouse = folder / "spark_warehouse" / "warehouse"
        with open_both(manifest, folder / "gsmt.duckdb", warehouse) as connection:
            comparisons = compare(connection, manifest, SCENARIO)
    except (FileNotFoundError, NotBuiltError, duckdb.CatalogException) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(1) from None
    console = wide_console()
    console.print(comparison_table(comparisons))
    for comparison in comparisons:
        for difference in comparison.differences:
            console.print(f"{comparison.model}: {difference}", highlight=False, markup=False)
    if any(comparison.differences for comparison in comparisons):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
