"""A world as the site shows it: what a database says of every metric, picture and target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scripts.manifest import Manifest
from scripts.site.charts import Picture, pictures
from scripts.site.dashboard import model_rows, read_dashboards
from scripts.site.experiments import Experiment, read_experiments
from scripts.site.series import MetricSeries, read_series
from scripts.site.since import missed_since
from scripts.target_status import TargetStatus, builds_of, open_database, read_target_statuses


@dataclass(frozen=True)
class World:
    """What one database says; `name` is that of the switch on the pages.

    `since` is the first day at whose end a missed target was known to be missed; `models` are the
    rows of what dashboards draw beside marts.
    """

    name: str
    label: str
    database: Path
    series: dict[str, MetricSeries]
    pictures: dict[str, list[Picture]]
    statuses: list[TargetStatus]
    since: dict[str, date]
    experiments: list[Experiment]
    models: dict[str, list[dict[str, Any]]]

    @property
    def builds(self) -> list[str]:
        """By which builds its targets were judged, a sentence for each."""
        return builds_of(self.statuses)

    def targets_of(self, metric: str) -> list[TargetStatus]:
        """The targets of a metric, by id."""
        return [status for status in self.statuses if status.metric == metric]


def read_world(manifest: Manifest, database: Path, name: str, label: str) -> World:
    """Read everything that the pages show out of a database.

    Raises:
        NotBuiltError: it does not hold what the manifest describes.
        ChartError: a metric asks for a picture that cannot be drawn.
    """
    with open_database(manifest, database) as connection:
        connection.execute("set TimeZone = 'UTC'")
        series = {one.name: read_series(connection, one) for one in manifest.metrics()}
        drawn = {one: pictures(connection, manifest, found) for one, found in series.items()}
        statuses = read_target_statuses(connection, manifest)
        experiments = read_experiments(connection, manifest)
        models = {
            panel.draws["model"]: model_rows(connection, manifest, panel)
            for dashboard in read_dashboards(manifest)
            for panel in dashboard.panels
            if "model" in panel.draws
        }
    since = missed_since(manifest, database, statuses, target_declarations(manifest))
    return World(name, label, database, series, drawn, statuses, since, experiments, models)


def target_declarations(manifest: Manifest) -> dict[str, dict[str, Any]]:
    """What the YAML says of each target, by its id."""
    return {
        target["id"]: target
        for model in manifest.models()
        for target in model["config"].get("meta", {}).get("gsmt", {}).get("targets", ())
    }
