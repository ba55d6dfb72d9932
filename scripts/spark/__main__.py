"""A scenario on Spark, compared with DuckDB: `python -m scripts.spark`, or `make spark`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from scripts.manifest import PROJECT, Manifest, read_manifest
from scripts.spark.comparison import Comparison, compare, open_both
from scripts.spark.machine import missing
from scripts.target_status import NotBuiltError, open_database
from scripts.terminal import plain, wide_console
from scripts.worlds.registry import SCENARIOS

# The tests of the marts run on Spark, so here only what they are compared with.
ON_DUCKDB = ("--quiet", "build", "--resource-type", "seed", "--resource-type", "model")
# Unit tests bring their own rows and are of the SQL, not of the engine; DuckDB runs them.
ON_SPARK = ("build", "--target", "spark", "--exclude-resource-type", "unit_test")

app = typer.Typer(add_completion=False)


def run_dbt(folder: Path, *arguments: str) -> bool:
    """Run dbt with all that it writes in `folder`; whether it succeeded."""
    engine = "spark" if "spark" in arguments else "duckdb"
    command = [str(Path(sys.executable).with_name("dbt")), *arguments]
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


def python_models(manifest: Manifest, scenario: str) -> list[str]:
    """The models of a scenario that are Python: of DuckDB's process, so none that Spark can run."""
    return [
        str(node["name"])
        for node in manifest.models()
        if node["fqn"][1] == scenario and node["language"] == "python"
    ]


def hand_over(folder: Path, manifest: Manifest, model: str) -> bool:
    """Give Spark the table that DuckDB built of a model; whether dbt succeeded."""
    file = folder / f"{model}.parquet"
    with open_database(manifest, folder / "gsmt.duckdb") as connection:
        relation = manifest.model(model)["relation_name"]
        connection.execute(f"copy (from {relation}) to '{file}' (format parquet)")
    arguments = json.dumps({"name": model, "file": str(file)})
    operation = ("--quiet", "run-operation", "table_of_file", "--args", arguments)
    return run_dbt(folder, *operation, "--target", "spark")


def build_both(folder: Path, scenario: str) -> Manifest | None:
    """Build a scenario on DuckDB and on Spark; what dbt read of it, or None if a build failed."""
    if not run_dbt(folder, *ON_DUCKDB, "--select", scenario):
        return None
    manifest = read_manifest(folder / "duckdb")
    handed_over = python_models(manifest, scenario)
    if not all(hand_over(folder, manifest, model) for model in handed_over):
        return None
    excluded = [argument for model in handed_over for argument in ("--exclude", model)]
    if not run_dbt(folder, *ON_SPARK, "--select", scenario, *excluded):
        return None
    return manifest


@app.command()
def main(
    scenario: Annotated[
        list[str] | None, typer.Option(help="A scenario; can be repeated. Without it, all.")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Where warehouse, database and dbt's files are put.")
    ] = Path("target/spark"),
) -> None:
    """Build scenarios on DuckDB and on Spark, and compare what they come to.

    Exit status: 0 all are equal; 1 something differs, or a build or a test of it failed; 2 Spark
    cannot run here, and why is said.
    """
    if reason := missing():
        typer.secho(f"error: {reason}", fg="red", err=True)
        raise typer.Exit(2)
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    console = wide_console()
    has_failed = False
    for name in scenario or SCENARIOS:
        manifest = build_both(folder, name)
        if manifest is None:
            raise typer.Exit(1)
        try:
            warehouse = folder / "spark_warehouse" / "warehouse"
            with open_both(manifest, folder / "gsmt.duckdb", warehouse) as connection:
                comparisons = compare(connection, manifest, name)
        except (FileNotFoundError, NotBuiltError, duckdb.CatalogException) as error:
            typer.secho(f"error: {error}", fg="red", err=True)
            raise typer.Exit(1) from None
        console.print(comparison_table(comparisons))
        for comparison in comparisons:
            for difference in comparison.differences:
                console.print(plain(f"{comparison.model}: {difference}"))
        has_failed |= any(comparison.differences for comparison in comparisons)
    if has_failed:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
