"""Which pictures a metric asks for: by `chart` in its `meta.gsmt`, or else by its shape.

Every metric has a line over time. What else is drawn follows from the names of its statistics,
slices and grains, so that a new metric gets its picture without a word; `chart` names what no name
tells, such as a table of flows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from scripts.manifest import Manifest, Metric
from scripts.site.json_values import json_rows
from scripts.site.series import MetricSeries

# What each kind shows, as the page says it; a picture of another kind is an error.
KINDS = {
    "histogram": "How users are spread",
    "cohorts": "Each cohort by day since it began",
    "retention_curve": "How much of a cohort is left",
    "funnel": "From step to step",
    "percentiles": "From the fast to the slow",
    "pareto": "The few that make up most",
    "sankey": "Who went where",
    "matrix": "From where to where",
    "calibration": "What was foretold and what came",
    "precision_recall": "How right, and how many found",
}
# These are drawn from a table beside the mart, and `chart` names its columns.
OF_TABLES = {
    "sankey": ("period", "source", "target", "value"),
    "matrix": ("period", "source", "target", "value"),
    "calibration": ("x", "y", "value"),
    "precision_recall": ("label", "x", "y"),
}
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)")
_RANK = re.compile(r"p(?P<number>\d+)")
# A histogram of fewer bars says no more than its numbers.
FEWEST_BARS = 4


class ChartError(ValueError):
    """A `chart` that cannot be drawn; the message names the metric and the rule."""


@dataclass(frozen=True)
class Picture:
    """A picture beside the line: its kind, and what of the metric or of a table it draws.

    `statistics` maps statistics to their places on an axis, or is empty; `slice` is the dimension
    whose `members` it draws in their order, or by their size; `rows` are those of a table, with
    the columns of OF_TABLES; `totals` are what goes out of each source and into each target.
    """

    kind: str
    statistics: dict[str, float] = field(default_factory=dict)
    slice: str | None = None
    members: tuple[str, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    totals: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it shows, in words."""
        return KINDS[self.kind]

    def data(self) -> dict[str, Any]:
        """The picture as JSON."""
        return {
            "kind": self.kind,
            "title": self.title,
            "statistics": self.statistics,
            "slice": self.slice,
            "members": self.members,
            "rows": self.rows,
            "labels": self.labels,
            "totals": self.totals,
        }


def pictures(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, series: MetricSeries
) -> list[Picture]:
    """The pictures of a metric, beside its line over time.

    Raises:
        ChartError: its `chart` cannot be drawn.
    """
    metric = series.metric
    chart = manifest.model(metric.model)["config"]["meta"]["gsmt"].get("chart")
    if chart is None:
        return by_shape(series)
    asked = chart if isinstance(chart, list) else [chart]
    return [_asked_for(connection, manifest, series, one) for one in asked]


def by_shape(series: MetricSeries) -> list[Picture]:
    """What the names of a metric's statistics, slices and grains ask for."""
    found: list[Picture] = []
    if "cohort" in series.grains and (days := _days(series.statistics)):
        found.append(Picture("cohorts", days))
        found.append(Picture("retention_curve", days))
    elif bars := _bars(series.statistics):
        found.append(Picture("histogram", bars))
    if "step" in series.slices and "from_start" in series.statistics:
        found.append(Picture("funnel", {"from_start": 0}, "step"))
    ranks = {
        one: float(rank["number"]) for one in series.statistics if (rank := _RANK.fullmatch(one))
    }
    if len(ranks) > 1:
        found.append(Picture("percentiles", ranks))
    if "cumulative_share" in series.statistics and series.slices:
        found.append(
            Picture("pareto", {"value": 0, "cumulative_share": 1}, next(iter(series.slices)))
        )
    return found


def _days(statistics: list[str]) -> dict[str, float]:
    """The statistics d1, d7, ... of retention, with their days."""
    found = {one: float(one[1:]) for one in statistics if re.fullmatch(r"d\d+", one)}
    return dict(sorted(found.items(), key=lambda one: one[1])) if len(found) > 1 else {}


def _bars(statistics: list[str]) -> dict[str, float]:
    """The largest family of statistics that differ by a number alone, which are a histogram's."""
    families: dict[str, dict[str, float]] = {}
    for one in statistics:
        if (name := _NUMBERED.fullmatch(one)) and not _RANK.fullmatch(one):
            families.setdefault(name["stem"], {})[one] = float(name["number"])
    largest = max(families.values(), key=len, default={})
    return largest if len(largest) >= FEWEST_BARS else {}


def _asked_for(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    series: MetricSeries,
    chart: Mapping[str, Any],
) -> Picture:
    metric, kind = series.metric, chart.get("kind")
    if kind not in KINDS:
        raise ChartError(f"{metric.name}: chart.kind is {kind!r} and none of {', '.join(KINDS)}")
    if kind not in OF_TABLES:
        default = next((one for one in by_shape(series) if one.kind == kind), Picture(kind))
        statistics = chart.get("statistics")
        places = {one: float(place) for place, one in enumerate(statistics)} if statistics else None
        for one in places or {}:
            if one not in metric.statistics:
                raise ChartError(f"{metric.name}: chart.statistics has {one}, which it has not")
        return Picture(
            kind,
            places or default.statistics,
            chart.get("slice", default.slice),
            tuple(chart.get("members", ())),
        )
    columns = {name: chart.get(name) for name in OF_TABLES[kind]}
    if missing := [name for name, column in columns.items() if not column]:
        raise ChartError(f"{metric.name}: chart of kind {kind} lacks {', '.join(missing)}")
    rows = _rows(connection, manifest, metric, chart, columns)
    return Picture(
        kind,
        rows=rows,
        labels={name: str(column).replace("_", " ") for name, column in columns.items()},
        totals=_totals(rows) if "source" in columns else {},
    )


def _rows(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    metric: Metric,
    chart: Mapping[str, Any],
    columns: Mapping[str, str | None],
) -> list[dict[str, Any]]:
    """The rows of a picture's table: of flows those of the last period, finer ones added up."""
    try:
        model = manifest.model(str(chart.get("rows")))
    except KeyError:
        raise ChartError(f"{metric.name}: chart.rows names no model: {chart.get('rows')}") from None
    for column in columns.values():
        if column not in model["columns"]:
            raise ChartError(f"{metric.name}: {model['name']} has no column {column}")
    relation = model["relation_name"]
    if "period" in columns:
        period = f'"{columns["period"]}"'
        query = f"""
            select
                {period} as period, "{columns["source"]}" as source,
                "{columns["target"]}" as target, sum("{columns["value"]}")::double as value
            from {relation}
            where {period} = (select max({period}) from {relation})
            group by period, source, target
            order by source, target
        """
    else:
        selected = ", ".join(f'"{column}" as {name}' for name, column in columns.items())
        query = f"select {selected} from {relation} order by all"
    return json_rows(connection, query)


def _totals(rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {"source": {}, "target": {}}
    for row in rows:
        for side, totals in found.items():
            totals[row[side]] = totals.get(row[side], 0) + row["value"]
    return found
