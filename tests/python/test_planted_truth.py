"""Whether the healthy worlds' marts and facts find what the worlds' own probabilities say.

Given its users, what happens in a world on one day is independent of the other days, so each day is
a cluster, and the error of a ratio of sums is that of its days' influences on it. What is counted
by week or month has weeks or months for clusters.

planted.json says in which mart a truth is found. For those that are in none, truths_<scenario>.py
has a query of the parts of each day, week or month.
"""

from __future__ import annotations

import math
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, planted

Days = list[tuple[float, float]]


def declared(scenario: str, name: str) -> Any:
    """What truths_<scenario>.py says under a name; empty where a scenario needs none."""
    module = f"tests.python.truths_{scenario}"
    return getattr(import_module(module), name) if find_spec(module) else {}


TRUTHS = [
    (scenario, truth)
    for scenario in SCENARIOS
    for truth in planted(scenario)["truth"]
    if truth not in declared(scenario, "NOT_OBSERVED")
]


def query_of(scenario: str, truth: str) -> str:
    """Parts of each complete period from the launch on; a count is over one."""
    world = planted(scenario)
    place = world["truth"][truth]
    if "metric" not in place:
        query: str = declared(scenario, "QUERIES")[truth]
        return query.format(launch_date=world["launch_date"])
    return f"""
        select coalesce(numerator, value), coalesce(denominator, 1) from metric_values
        where metric_id = '{place["metric"]}' and statistic = '{place["statistic"]}'
            and member = '{place["member"]}' and period_grain = '{place["grain"]}'
            and is_complete and period_start >= '{world["launch_date"]}'
        """


def ratio_and_influences(days: Days) -> tuple[float, list[float]]:
    """A ratio of sums over days, and how much each day moves it: each day is one cluster."""
    bottom = sum(day[1] for day in days)
    ratio = sum(day[0] for day in days) / bottom
    return ratio, [(top - ratio * part) / bottom for top, part in days]


def standard_error(influences: list[float]) -> float:
    squares = sum(influence**2 for influence in influences)
    return math.sqrt(squares * len(influences) / (len(influences) - 1))


def observe(build: Build, scenario: str, truth: str) -> tuple[float, float]:
    """What is found in the place of a truth, and its standard error."""
    found = planted(scenario)["truth"][truth]
    if "compares" not in found:
        days: Days = build.query(query_of(scenario, truth))
        if len(days) == 1:
            # Each user is counted or not: the count varies at most as much as one of Poisson.
            return days[0][0], math.sqrt(found["value"])
        ratio, influences = ratio_and_influences(days)
        return ratio, standard_error(influences)
    (treated, moves), (control, others) = (
        ratio_and_influences(build.query(query_of(scenario, part))) for part in found["compares"]
    )
    influences = [
        (move - treated / control * other) / control
        for move, other in zip(moves, others, strict=True)
    ]
    return treated / control - 1, standard_error(influences)


@pytest.mark.parametrize(("scenario", "truth"), TRUTHS)
def test_planted_truth_lies_in_the_95_percent_interval_of_what_is_found(
    healthy: Build, scenario: str, truth: str
) -> None:
    observed, error = observe(healthy, scenario, truth)
    expected = planted(scenario)["truth"][truth]["value"]
    assert error > 0
    assert abs(observed - expected) <= 1.96 * error, f"{observed} +- {error}, planted {expected}"
