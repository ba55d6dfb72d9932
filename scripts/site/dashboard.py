"""The dashboard of a question: panels over its marts, declared in `dashboards.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import yaml

from scripts.manifest import Manifest
from scripts.site.json_values import json_rows
from scripts.site.series import MetricSeries

DECLARED = Path(__file__).with_name("dashboards.yml")
# What a panel of a model draws of it; other columns stay in the database.
OF_MODELS = {
    "study": ("event_week", "phase", "difference", "interval_low", "interval_high"),
    "effects": (
        *("metric", "variant", "lift", "lift_low", "lift_high"),
        *("pre_post_lift", "adopters_against_others"),
    ),
}


@dataclass(frozen=True)
class Panel:
    """A panel: its kind, title, and what it draws, as `dashboards.yml` has it."""

    kind: str
    title: str
    draws: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What tells it from the others on the page."""
        return f"{self.kind}-{self.title.lower().replace(' ', '-').replace(',', '')}"


@dataclass(frozen=True)
class Dashboard:
    """The panels of a question's dashboard that can be drawn, and what may be compared on them."""

    question: str
    comparisons: Mapping[str, Mapping[str, str]]
    panels: tuple[Panel, ...]


def read_dashboards(manifest: Manifest) -> list[Dashboard]:
    """The dashboards of the questions that are built, with the panels whose marts are."""
    declared = yaml.safe_load(DECLARED.read_text(encoding="utf-8"))
    built = {question.id for question in manifest.questions()}
    found = []
    for one in declared:
        if one["question"] in built:
            panels = tuple(
                Panel(panel["kind"], panel["title"], panel)
                for panel in one["panels"]
                if _is_built(manifest, panel)
            )
            found.append(Dashboard(one["question"], one["comparisons"], panels))
    return found


def _is_built(manifest: Manifest, panel: Mapping[str, Any]) -> bool:
    """Whether there is what a panel draws."""
    if "model" in panel:
        try:
            columns = manifest.model(panel["model"])["columns"]
        except KeyError:
            return False
        return set(OF_MODELS[panel["kind"]]) <= set(columns)
    if "metric" not in panel:
        return True
    metrics = {metric.name: metric for metric in manifest.metrics()}
    metric = metrics.get(panel["metric"])
    if metric is None:
        return False
    statistics = set(panel.get("statistics", [panel.get("statistic")]))
    slices = {panel["slice"]} if "slice" in panel else set()
    return statistics <= set(metric.statistics) and slices <= set(metric.slices)


def model_rows(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, panel: Panel
) -> list[dict[str, Any]]:
    """The rows of a panel that draws a model, in the order of its first columns."""
    columns = OF_MODELS[panel.kind]
    relation = manifest.model(panel.draws["model"])["relation_name"]
    return json_rows(connection, f"select {', '.join(columns)} from {relation} order by all")


def features_of(series: Sequence[MetricSeries], slices: set[str]) -> list[str]:
    """The features that members of some slices are named by, before a stroke."""
    return sorted(
        {
            member.split(" / ")[0]
            for one in series
            for name, members in one.slices.items()
            if name in slices
            for member in members
        }
    )
