"""The status of every target in a built database: `python -m scripts.target_status` prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.table import Table

from scripts.database import quoted_text, why_not_opened
from scripts.manifest import Manifest, read_manifest
from scripts.terminal import plain, wide_console

COLOURS = {"met": "green", "missed": "red"}
PAGES = {
    "Docs": "site/index.html",
    "Data Docs": "validation/data_docs/index.html",
    "SQL": "sql",
}


class NotBuiltError(Exception):
    """The database does not hold what the manifest describes; the message says what is missing."""


@dataclass(frozen=True)
class TargetStatus:
    """A row of a scenario's target status: what was observed, against what, and the verdict.

    `status` is met, missed, not_yet_mature or no_data; `severity` is error or warn, after
    overrides; `upper_threshold` is there for the operator `between` only, the 95 % interval of the
    observed value only where groups are compared or the target asks for it, `worst_member` only for
    a target over many cells. `built_at` (UTC) and `built_from` say by which build it was judged.
    """

    id: str
    scenario: str
    metric: str
    description: str
    basis: str
    statistic: str
    status: str
    observed: float | None
    interval_low: float | None
    interval_high: float | None
    worst_member: str | None
    operator: str
    threshold: float
    upper_threshold: float | None
    severity: str
    owner: str
    window_start: date | None
    window_end: date | None
    built_at: datetime
    built_from: str

    @property
    def column(self) -> str:
        """The column of the mart's Parquet file that holds the status in every row."""
        return f"target_{self.id}"

    @property
    def judged(self) -> str:
        """The number that is judged: the metric, its statistic and its basis, where not plain."""
        statistic = "" if self.statistic == "value" else f".{self.statistic}"
        basis = "" if self.basis == "level" else f" ({self.basis})"
        return f"{self.metric}{statistic}{basis}"

    @property
    def seen(self) -> str:
        """The observed value as text of four digits, with its interval and its cell; or a dash."""
        if self.observed is None:
            return "-"
        if self.interval_low is None or self.interval_high is None:
            return f"{self.observed:.4g}"
        member = "" if self.worst_member is None else f" in {self.worst_member}"
        return f"{self.observed:.4g} [{self.interval_low:.4g}, {self.interval_high:.4g}]{member}"

    @property
    def rule(self) -> str:
        """What is asked of the observed value, such as `>= 0.15`."""
        upper = "" if self.upper_threshold is None else f" and {self.upper_threshold:g}"
        return f"{self.operator} {self.threshold:g}{upper}"


@contextmanager
def open_database(manifest: Manifest, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of a build for reading; closed on exit.

    Raises:
        NotBuiltError: there is no such database, or something in it is missing or cannot be read.
    """
    if not path.exists():
        raise NotBuiltError(f"{path} does not exist; run `make build` (or `dbt build`) first")
    # Relations are written as catalog.schema.name, and the file may have been renamed since.
    catalog = next(str(model["database"]) for model in manifest.models())
    try:
        with duckdb.connect() as connection:
            file = quoted_text(path)
            connection.execute(f'attach {file} as "{catalog}" (type duckdb, read_only)')
            yield connection
    except duckdb.CatalogException as error:
        missing = str(error).splitlines()[0]
        raise NotBuiltError(f"{path} is not built: {missing} Run `make build` again") from error
    except duckdb.Error as error:
        raise NotBuiltError(why_not_opened(path, error)) from error


def read_target_statuses(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest
) -> list[TargetStatus]:
    """The status of every target that the manifest declares, by id.

    Raises:
        NotBuiltError: a target has no row, so the database is older than the manifest.
    """
    metrics = manifest.metrics()
    rows: dict[str, tuple[object, ...]] = {}
    for scenario in sorted({metric.scenario for metric in metrics if metric.targets}):
        relation = manifest.model(f"{scenario}__target_status")["relation_name"]
        found = connection.execute(
            f"""
            select
                target_id, basis, statistic, status, observed, interval_low, interval_high,
                worst_member, operator, threshold, upper_threshold, severity, owner,
                window_start, window_end, built_at, built_from
            from {relation}
            """
        ).fetchall()
        rows.update({row[0]: row[1:] for row in found})
    declared = [(metric.scenario, target) for metric in metrics for target in metric.targets]
    missing = sorted(target.id for _, target in declared if target.id not in rows)
    if missing:
        raise NotBuiltError(f"no status of target {', '.join(missing)}; run `make build` again")
    statuses = (
        TargetStatus(
            target.id,
            scenario,
            target.metric,
            target.description.strip(),
            *rows[target.id],  # type: ignore[arg-type]
        )
        for scenario, target in declared
    )
    return sorted(statuses, key=lambda status: status.id)


def target_table(statuses: Iterable[TargetStatus]) -> Table:
    """The targets as a table for the terminal, one row each."""
    table = Table(box=None, pad_edge=False)
    for heading in ("target", "metric", "observed", "threshold", "status", "severity", "owner"):
        table.add_column(heading, no_wrap=True)
    for status in statuses:
        verdict = plain(status.status, COLOURS.get(status.status, "yellow"))
        cells = (status.id, status.judged, status.seen, status.rule)
        table.add_row(*map(plain, cells), verdict, plain(status.severity), plain(status.owner))
    return table


def builds_of(statuses: Iterable[TargetStatus]) -> list[str]:
    """By which builds targets were judged, a sentence for each, the oldest first."""
    builds: dict[tuple[datetime, str], list[str]] = {}
    for status in statuses:
        builds.setdefault((status.built_at, status.built_from), []).append(status.scenario)
    return [
        f"{', '.join(sorted(set(scenarios)))}: built {at:%Y-%m-%d %H:%M:%S} UTC from {place}"
        for (at, place), scenarios in sorted(builds.items())
    ]


def main(
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
) -> None:
    """Print every target with what was observed, and where the pages of the build are.

    Exit status: 0, whatever the targets say; 2 there is no build.
    """
    try:
        manifest = read_manifest(target)
        with open_database(manifest, database) as connection:
            statuses = read_target_statuses(connection, manifest)
    except (FileNotFoundError, NotBuiltError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None
    console = wide_console()
    console.print(target_table(statuses))
    for build in builds_of(statuses):
        console.print(plain(build), soft_wrap=True)
    for name, page in PAGES.items():
        if (target / page).exists():
            console.print(plain(f"{name}: {target / page}"), soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
