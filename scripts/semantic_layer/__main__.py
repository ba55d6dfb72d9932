"""Command line of the semantic layer: `python -m scripts.semantic_layer --help`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from scripts.declared import declared_scenarios
from scripts.docs.generate import RUN_RESULTS, ToolError, last_vars, run_tool
from scripts.manifest import PROJECT, Manifest, read_manifest
from scripts.query import Answer, QueryError, answer_table
from scripts.semantic_layer.metricflow import MANIFEST, Renderer
from scripts.target_status import NotBuiltError, open_database
from scripts.terminal import plain, wide_console

FAILED, USAGE_ERROR = 1, 2
# What dbt writes of the views lies apart: the results of the build are not theirs.
FOLDER = "semantic"
GRAIN = "week"


def make_views(target: Path, manifest: Manifest, database: Path) -> None:
    """Make the views of the semantic layer in a build's database, where the build is newer.

    They are of the scenarios that have been built, which may be one. MetricFlow's own command line
    looks for the manifest of metrics in the target folder itself.

    Raises:
        NotBuiltError: the database cannot be opened, or no scenario is in it.
        ToolError: dbt failed.
    """
    written = target / FOLDER / MANIFEST
    if not written.exists() or written.stat().st_mtime < (target / RUN_RESULTS).stat().st_mtime:
        built = built_scenarios(manifest, database)
        variables = {**last_vars(target), "semantic_layer": "built", "scenarios": built}
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "run"]
        command += ["--select", "path:semantic", "--vars", json.dumps(variables)]
        command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        command += ["--target-path", str((target / FOLDER).resolve())]
        try:
            run_tool(command, {"GSMT_DATABASE": str(database.resolve())})
        except ToolError:
            written.unlink(missing_ok=True)
            raise
    shutil.copyfile(written, target / MANIFEST)


def built_scenarios(manifest: Manifest, database: Path) -> list[str]:
    """The scenarios that have been built into a database, by name.

    Raises:
        NotBuiltError: there is none, or the database cannot be opened.
    """
    with open_database(manifest, database) as connection:
        rows = connection.execute("select table_name from information_schema.tables").fetchall()
    tables = {name for (name,) in rows}
    found = [name for name in declared_scenarios() if f"dim_{name}__dates" in tables]
    if not found:
        raise NotBuiltError(f"no scenario is built in {database}; run `make build` first")
    return found


def known_metrics(target: Path) -> dict[str, dict[str, Any]]:
    """The metrics of the last semantic layer that a mart publishes, each with its facts."""
    content = json.loads((target / FOLDER / "manifest.json").read_text(encoding="utf-8"))
    return {
        name: facts
        for name, facts in sorted(
            (metric["name"], metric["config"]["meta"].get("gsmt", {}))
            for metric in content["metrics"].values()
        )
        if "statistic" in facts
    }


def main(
    metric: Annotated[
        str | None, typer.Option(help="A metric; without one, all are named.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Slices, such as city,platform.")] = None,
    grain: Annotated[str, typer.Option(help="day, week, month, quarter or year.")] = GRAIN,
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
) -> None:
    """Make the semantic layer of the last build, and answer by MetricFlow.

    Exit status: 0; 1 dbt failed; 2 the question is wrong, or there is no build.
    """
    try:
        manifest = read_manifest(target)
        if not (target / RUN_RESULTS).exists() or not database.exists():
            raise NotBuiltError("nothing is built yet; run `make build` (or `dbt build`) first")
        make_views(target, manifest, database)
        metrics = known_metrics(target)
        if metric is None:
            for name, facts in metrics.items():
                typer.echo(plain(f"{name} by {', '.join(facts['slices'])}").plain)
            return
        if metric not in metrics:
            raise QueryError(f"there is no metric '{metric}'; `make metrics` names them")
        slices = by.split(",") if by else []
        unknown = [name for name in slices if name not in metrics[metric]["slices"]]
        if unknown:
            known = ", ".join(metrics[metric]["slices"]) or "none at all"
            raise QueryError(f"{metric} has no slice '{unknown[0]}', but {known}")
        sql = Renderer(target / FOLDER / MANIFEST).sql([metric], grain, slices)
        with open_database(manifest, database) as connection:
            connection.execute("set TimeZone = 'UTC'")
            found = connection.execute(sql)
            columns = tuple(column[0] for column in found.description or ())
            answer = Answer(metric, columns, sorted(found.fetchall(), key=str))
    except (FileNotFoundError, NotBuiltError, QueryError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    except ToolError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(FAILED) from None
    wide_console().print(answer_table(answer))


if __name__ == "__main__":
    typer.run(main)
