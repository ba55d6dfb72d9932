"""The intervals that judge targets against other libraries, at their edges, and on both engines."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from scripts.experiments import target_intervals
from scripts.experiments.comparison import measure
from scripts.experiments.oracles import Case, column
from scripts.experiments.queries import Row, Run, runner
from scripts.experiments.shapes import SUMS
from tests.python.test_target_bases import FIRST, METRIC, TARGETS

# The targets whose query reads no more than the values of metrics.
ON_BOTH = ("wilson", "poisson", "scaled", "within", "members", "members, poisson")
OF_TARGETS = {
    name: f"{{{{ target_row(full_target({TARGETS[name]}, {METRIC}, 'mart'), 'metric_values') }}}}"
    for name in ON_BOTH
}


@pytest.fixture(scope="module")
def duckdb_run() -> Run:
    """Runs one of the queries over the relations it is given; dbt compiles all of them at once."""
    return runner(target_intervals.QUERIES | OF_TARGETS)


@pytest.fixture(params=["duckdb_run", pytest.param("spark", marks=pytest.mark.nightly)])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("case", [*target_intervals.cases()], ids=str)
def test_macro_agrees_with_another_library(run: Run, case: Case) -> None:
    """The fast part of `python -m scripts.experiments compare`: the same cases, fewer draws."""
    found = measure(case, run, seeds=(1, 2))
    assert found.error <= case.bound


def test_of_nothing_there_is_no_interval(run: Run) -> None:
    points: dict[str, Any] = {"share": [None, 0.5, 0.5], "count": [10.0, 0.0, None]}
    rows = run("wilson_bound", points=points)
    assert np.isnan(column(rows, "low")).all()
    assert np.isnan(column(rows, "high")).all()
    [row] = run("poisson_bound", points={"count": np.array([None], dtype=float)})
    assert column([row], "low") == pytest.approx(np.nan, nan_ok=True)
    [none] = run("poisson_bound", points={"count": [0.0]})
    assert (none["low"], none["high"]) == (0, pytest.approx(3.688879454113936, rel=1e-11))


def test_a_p_value_is_below_5_percent_where_the_interval_leaves_the_expected_out(run: Run) -> None:
    expected = np.linspace(0.3, 60, 300)
    counts = np.repeat([0.0, 1, 7, 30], len(expected))
    points = {"count": counts, "expected": np.tile(expected, 4)}
    rows = run("poisson_bound", points={"count": counts})
    is_outside = (points["expected"] < column(rows, "low")) | (
        points["expected"] > column(rows, "high")
    )
    p_values = column(run("poisson_p_value", points=points), "p_value")
    assert ((p_values < 0.05) == is_outside).all()
    assert p_values.max() == 1


def differences(run: Run, *units: tuple[float, ...]) -> list[Row]:
    """The comparison of units: the four sums of each."""
    frame = pd.DataFrame(units, columns=list(SUMS), dtype=float)
    return run("differences", units=frame.assign(cell="a"))


def test_a_difference_without_two_units_that_vary_has_no_interval(run: Run) -> None:
    assert differences(run) == []
    [one] = differences(run, (6, 2, 4, 4))
    assert (one["difference"], one["interval_low"], one["p_value"]) == (2, None, None)
    [alike] = differences(run, (6, 2, 4, 4), (3, 1, 2, 2))
    assert (alike["difference"], alike["standard_error"], alike["p_value"]) == (2, 0, None)
    [treated] = differences(run, (6, 2, 0, 0), (3, 2, 0, 0))
    assert (treated["difference"], treated["interval_low"]) == (None, None)


def test_a_group_leaves_the_numbers_of_another_as_they_are(run: Run) -> None:
    units = pd.DataFrame(
        [(6, 2, 4, 4), (4, 1, 2, 2), (1, 1, 1, 3)], columns=list(SUMS), dtype=float
    )
    others = units * 3 + 1
    together = pd.concat([units.assign(cell="a"), others.assign(cell="b")])
    [first, second] = run("differences", units=together)
    assert first == pytest.approx(run("differences", units=units.assign(cell="a"))[0])
    assert second == pytest.approx(run("differences", units=others.assign(cell="b"))[0])


def values(dimension: str, *cells: tuple[str, float, float]) -> pd.DataFrame:
    """Two days of each cell: its member, and on either day numerator and denominator."""
    frame = pd.DataFrame(cells, columns=["member", "numerator", "denominator"])
    frame = pd.concat([frame.assign(day=day) for day in range(2)])
    return pd.DataFrame(
        {
            "metric_id": "m",
            "statistic": "value",
            "period_grain": "day",
            "dimension": dimension,
            "member": frame["member"],
            "period_start": [
                (pd.Timestamp(FIRST) + pd.Timedelta(days=day)).date() for day in frame["day"]
            ],
            "numerator": frame["numerator"],
            "denominator": frame["denominator"],
            "value": frame["numerator"] / frame["denominator"],
            "is_complete": True,
        }
    )


@pytest.mark.parametrize("name", ON_BOTH)
def test_both_engines_judge_alike(duckdb_run: Run, spark: Run, name: str) -> None:
    cells = (("ios", 80.0, 100.0), ("web", 95.0, 100.0), ("tv", 5.0, 10.0))
    dimension = "platform" if "members" in name else "all"
    frame = values(dimension, *(cells if "members" in name else [("all", 4.0, 100.0)]))
    [ours] = duckdb_run(name, metric_values=frame)
    [theirs] = spark(name, metric_values=frame)
    assert ours["status"] != "no_data"
    assert theirs.keys() == ours.keys()
    # Two runs begin at two times.
    assert all([ours.pop("built_at"), theirs.pop("built_at")])
    for column_name, value in ours.items():
        wanted = pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
        assert theirs[column_name] == wanted, column_name
