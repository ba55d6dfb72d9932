"""The rows of a mart as series that a page can draw: one for each slice, statistic and grain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from scripts.manifest import Metric

# The grain that a card begins with is the first of these that its metric has.
GRAINS = ("week", "month", "day", "cohort")
ALL = ("all", "all")


@dataclass(frozen=True)
class Point:
    """A number of a mart: its first day, what it was computed from, and its value."""

    period: date
    numerator: float | None
    denominator: float | None
    value: float


@dataclass(frozen=True)
class Series:
    """The numbers of one statistic of one member of a slice in one grain, by period.

    The lists are as long as each other; `complete` says of each period whether it is over.
    """

    grain: str
    dimension: str
    member: str
    statistic: str
    periods: list[date]
    numerators: list[float | None]
    denominators: list[float | None]
    values: list[float | None]
    complete: list[bool]

    @property
    def newest(self) -> Point | None:
        """The last number of a period that is over; None where there is none."""
        rows = zip(self.periods, self.numerators, self.denominators, self.values, strict=True)
        for (period, numerator, denominator, value), is_complete in reversed(
            list(zip(rows, self.complete, strict=True))
        ):
            if is_complete and value is not None:
                return Point(period, numerator, denominator, value)
        return None


@dataclass(frozen=True)
class MetricSeries:
    """All series of a metric, in the order of its slices, statistics and grains."""

    metric: Metric
    series: tuple[Series, ...]

    @property
    def grains(self) -> list[str]:
        """The grains that there are, the one to begin with first."""
        found = {one.grain for one in self.series}
        return [grain for grain in GRAINS if grain in found]

    @property
    def statistics(self) -> list[str]:
        """The statistics that there are, as they are declared."""
        found = {one.statistic for one in self.series}
        return [statistic for statistic in self.metric.statistics if statistic in found]

    @property
    def slices(self) -> dict[str, list[str]]:
        """The members of each slice, without that of all."""
        found: dict[str, list[str]] = {}
        for one in self.series:
            members = found.setdefault(one.dimension, [])
            if one.member not in members:
                members.append(one.member)
        found.pop("all", None)
        return found

    def of(self, grain: str, statistic: str, member: tuple[str, str] = ALL) -> Series | None:
        """One of the series, by grain, statistic, and slice with member; None if there is none."""
        wanted = (grain, statistic, *member)
        for one in self.series:
            if (one.grain, one.statistic, one.dimension, one.member) == wanted:
                return one
        return None

    @property
    def main(self) -> Series | None:
        """The series that stands for the metric, of all and in its first grain.

        Where the question's formula is a trap, that is the sound reading of it.
        """
        first = next(iter(self.statistics), None)
        sound = [
            name
            for name in self.statistics
            if self.metric.statistics[name].get("instead_of") == first
        ]
        for statistic in [*sound, *self.statistics]:
            for grain in self.grains:
                if (found := self.of(grain, statistic)) and found.newest:
                    return found
        return None

    def data(self) -> dict[str, Any]:
        """The series as JSON: lists of values, and the places of periods that are still open."""
        calendars: list[list[str]] = []
        rows = []
        for one in self.series:
            calendar = [period.isoformat() for period in one.periods]
            if calendar not in calendars:
                calendars.append(calendar)
            row: dict[str, Any] = {
                "grain": one.grain,
                "dimension": one.dimension,
                "member": one.member,
                "statistic": one.statistic,
                "calendar": calendars.index(calendar),
                "values": _list(one.values),
                "open": [place for place, over in enumerate(one.complete) if not over],
            }
            if any(part is not None for part in one.denominators):
                row["numerators"] = _list(one.numerators)
                row["denominators"] = _list(one.denominators)
            rows.append(row)
        return {"calendars": calendars, "series": rows}


def read_series(connection: duckdb.DuckDBPyConnection, metric: Metric) -> MetricSeries:
    """Read the mart of a metric."""
    lists = ", ".join(
        f"list({column} order by period_start)"
        for column in ("period_start", "numerator", "denominator", "value", "is_complete")
    )
    key = "period_grain, dimension, member, statistic"
    rows = connection.execute(
        f"select {key}, {lists} from {metric.relation} group by {key}"
    ).fetchall()
    slices, statistics = ["all", *metric.slices], list(metric.statistics)
    found = sorted(
        (Series(*row) for row in rows),
        key=lambda one: (
            slices.index(one.dimension),
            statistics.index(one.statistic),
            GRAINS.index(one.grain),
            one.member,
        ),
    )
    return MetricSeries(metric, tuple(found))


def _list(values: list[float | None]) -> str:
    """Numbers between commas, and nothing for null, which half of a small slice may be."""
    return ",".join("" if value is None else str(_short(value)) for value in values)


def _short(value: float) -> float | int:
    """The value to six digits, more than a page shows of it; counts as they are."""
    return int(value) if value == int(value) else float(f"{value:.6g}")
