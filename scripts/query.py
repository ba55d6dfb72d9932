"""Read a built database: `python -m scripts.query --metric carpool_ride_penetration --by city`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from rich.table import Table

from scripts.manifest import Manifest, Metric, read_manifest
from scripts.sql_export.analyses import REF
from scripts.target_status import NotBuiltError, open_database
from scripts.terminal import plain, wide_console

# Where no grain is asked for, the first of these that the metric has.
GRAINS = ("week", "month", "day", "cohort")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class QueryError(Exception):
    """A question that the database cannot answer; the message lists what could be asked."""


@dataclass(frozen=True)
class Answer:
    """Rows under their columns, and a line that says what they are."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def read_metric(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    name: str,
    by: str = "all",
    grain: str | None = None,
    statistic: str | None = None,
) -> Answer:
    """One statistic of a metric, a row for each period and member of the slice, in their order.

    Without a grain it is by week where the metric has weeks, without a statistic its first.

    Raises:
        QueryError: there is no such metric, slice, grain or statistic.
    """
    metrics = {metric.name: metric for metric in manifest.metrics()}
    metric = metrics[_known("there is no metric", name, metrics)]
    grains, slices, statistics = _published(connection, metric)
    grain = grain or next((one for one in GRAINS if one in grains), "week")
    statistic = statistic or next(iter(statistics), "value")
    chosen = (
        _known(f"{name} has no grain", grain, grains),
        _known(f"{name} has no slice", by, slices),
        _known(f"{name} has no statistic", statistic, statistics),
    )
    answer = connection.execute(
        f"""
        select period_start as period, member, value, numerator, denominator, is_complete
        from {metric.relation}
        where period_grain = ? and dimension = ? and statistic = ?
        order by period, member
        """,
        chosen,
    )
    others = ", ".join(one for one in statistics if one != statistic)
    title = f"{name}.{statistic} ({metric.unit}) by {by} and {grain}"
    return _answer(title + (f"; other statistics: {others}" if others else ""), answer)


def run_file(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    path: Path,
    scenario: str | None = None,
) -> Answer:
    """The answer of the last statement of a file: exported SQL, an analysis, or SQL of one's own.

    Bare names are tables of the scenario (without one, that of the file's folder, or else all, in
    their order), then of the main schema.

    Raises:
        QueryError: there is no such file or scenario, or its SQL does not run.
        NotBuiltError: the database has no tables of any scenario.
    """
    if not path.is_file():
        raise QueryError(f"there is no file {path}")
    catalog = manifest.models()[0]["database"]
    found = connection.execute(
        "select schema_name from information_schema.schemata where catalog_name = ?", [catalog]
    ).fetchall()
    known = {metric.scenario for metric in manifest.metrics()}
    scenarios = sorted(known & {row[0] for row in found})
    if not scenarios:
        raise NotBuiltError("nothing is built yet; run `make build` (or `dbt build`) first")
    if scenario is None and path.resolve().parent.name in scenarios:
        scenario = path.resolve().parent.name
    rooms = scenarios if scenario is None else [_known("there is no scenario", scenario, scenarios)]
    schemas = [*rooms, manifest.models()[0]["schema"]]
    search_path = ",".join(f'"{catalog}"."{schema}"' for schema in schemas)
    connection.execute(f"set search_path = '{search_path}'")
    models = {model["name"]: model["relation_name"] for model in manifest.models()}
    text = path.read_text(encoding="utf-8")
    sql = REF.sub(lambda ref: str(models[_known("there is no model", ref[1], models)]), text)
    try:
        return _answer(str(path), connection.execute(sql))
    except duckdb.Error as error:
        said = " ".join(str(error).split("\nLINE ")[0].split())
        raise QueryError(f"{path}: {said}") from error


def answer_table(answer: Answer) -> Table:
    """The answer as a table for the terminal, numbers with six digits and a dash for null."""
    table = Table(box=None, pad_edge=False)
    for position, name in enumerate(answer.columns):
        is_number = any(isinstance(row[position], int | float) for row in answer.rows)
        table.add_column(plain(name), justify="right" if is_number else "left", overflow="fold")
    for row in answer.rows:
        table.add_row(*(plain(_cell(value)) for value in row))
    return table


def _known(denial: str, name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise QueryError(f"{denial} '{name}', but {', '.join(known) or 'none at all'}")
    return name


def _published(
    connection: duckdb.DuckDBPyConnection, metric: Metric
) -> tuple[list[str], list[str], list[str]]:
    """The grains, slices and statistics of which the mart has rows."""
    rows = connection.execute(
        f"select distinct period_grain, dimension, statistic from {metric.relation}"
    ).fetchall()
    grains, slices, statistics = ({row[position] for row in rows} for position in range(3))
    return sorted(grains), sorted(slices), [one for one in metric.statistics if one in statistics]


def _answer(title: str, result: duckdb.DuckDBPyConnection) -> Answer:
    columns = tuple(column[0] for column in result.description or ())
    return Answer(title, columns, result.fetchall())


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.6g}" if isinstance(value, float) else str(value)


@app.command()
def main(
    metric: Annotated[str | None, typer.Option(help="Metric to read from its mart.")] = None,
    by: Annotated[str, typer.Option(help="Slice of the metric, such as city.")] = "all",
    grain: Annotated[str | None, typer.Option(help="day, week, month or cohort.")] = None,
    statistic: Annotated[str | None, typer.Option(help="Which number of the metric.")] = None,
    sql: Annotated[Path | None, typer.Option(help="File of SQL to run instead.")] = None,
    scenario: Annotated[str | None, typer.Option(help="Whose tables the file names.")] = None,
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
) -> None:
    """Print a metric from its mart, or what a file of SQL says; nothing is written.

    Exit status: 0; 2 the question is wrong, or there is no build.
    """
    try:
        if (metric is None) == (sql is None):
            raise QueryError("name one of --metric (METRIC=name) and --sql (SQL=file.sql)")
        manifest = read_manifest(target)
        with open_database(manifest, database) as connection:
            connection.execute("set TimeZone = 'UTC'")
            if sql is not None:
                answer = run_file(connection, manifest, sql, scenario)
            else:
                answer = read_metric(connection, manifest, str(metric), by, grain, statistic)
    except (FileNotFoundError, NotBuiltError, QueryError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None
    console = wide_console()
    console.print(plain(answer.title), soft_wrap=True)
    console.print(answer_table(answer))


if __name__ == "__main__":
    app()
