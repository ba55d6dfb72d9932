"""The likely wrong formulas of a metric, with what they would have reported beside what is true."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import isclose
from typing import Any

from scripts.manifest import Metric
from scripts.mutate import MUTATIONS, read_mutations
from scripts.site.series import MetricSeries
from scripts.site.units import day_text, format_of


@dataclass(frozen=True)
class WrongReading:
    """A mutation in words; `wrong` and `true` are numbers as text, empty where none is known."""

    change: str
    wrong: str = ""
    true: str = ""
    where: str = ""


def read_wrong_readings(metric: Metric, series: MetricSeries) -> list[WrongReading]:
    """The mutations of a metric; numbers only where the recorded truth is that of this database.

    What is recorded is of the seeds (`python -m scripts.wrong_readings`), and would be no news of
    other events.
    """
    record = _record(metric.scenario).get(metric.name, {})
    found = []
    for mutation in _mutations():
        if (mutation.scenario, mutation.metric) == (metric.scenario, metric.name):
            number = record.get(mutation.change)
            found.append(
                _told(metric, mutation.change, number)
                if number and _is_true_here(number, series)
                else WrongReading(mutation.change)
            )
    return found


def _told(metric: Metric, change: str, number: dict[str, Any]) -> WrongReading:
    form = format_of(metric, number["statistic"])
    grain, first = number["period_grain"], date.fromisoformat(number["period_start"])
    statistic = "" if number["statistic"] == "value" else number["statistic"].replace("_", " ")
    member = "" if number["dimension"] == "all" else f"{number['member']}"
    period = {"month": f"{first:%B %Y}"}.get(grain, f"{grain} of {day_text(first)}")
    return WrongReading(
        change,
        form.text(number["reported"]) if number["reported"] is not None else "nothing",
        form.text(number["truth"]),
        ", ".join(filter(None, [statistic, member, period])),
    )


def _is_true_here(number: dict[str, Any], series: MetricSeries) -> bool:
    """Whether the database says of that period what the record says is true."""
    member = (number["dimension"], number["member"])
    found = series.of(number["period_grain"], number["statistic"], member)
    if found is None:
        return False
    first = date.fromisoformat(number["period_start"])
    values = dict(zip(found.periods, found.values, strict=True))
    value = values.get(first)
    return value is not None and isclose(value, number["truth"], rel_tol=1e-9)


@cache
def _mutations() -> tuple[Any, ...]:
    return tuple(read_mutations())


@cache
def _record(scenario: str) -> dict[str, dict[str, Any]]:
    path = MUTATIONS / f"{scenario}.json"
    if not path.exists():
        return {}
    content: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return content
