"""A fast part of `python -m scripts.experiments simulate`, with bounds as wide as it is small."""

from __future__ import annotations

import pandas as pd
import pytest

from scripts.experiments import splits
from scripts.experiments.simulation import (
    DAILY,
    EFFECTS,
    FALSE_POSITIVES,
    PLANNED_DAYS,
    Queries,
    bounds,
    compile_readouts,
    coverage,
    false_positives,
    look_every_day,
)
from tests.python.builds import Build


@pytest.fixture(scope="module")
def queries() -> Queries:
    return compile_readouts()


@pytest.mark.parametrize("experiments", [50, 300])
def test_methods_cry_wolf_as_rarely_as_they_say_and_naive_ones_do_not(
    queries: Queries, experiments: int
) -> None:
    found = false_positives(queries, experiments, seed=3)
    assert [one.method for one in found] == list(FALSE_POSITIVES)
    assert [str(one) for one in found if not one.kept] == []


def test_users_of_the_worlds_split_anew_differ_as_rarely_as_chance_says(healthy: Build) -> None:
    for name, declared in splits.compile_experiments().items():
        units, found = splits.false_positives(declared, healthy.database, 200, seed=1)
        assert units > 80, name
        assert [str(one) for one in found if not one.kept] == [], name


@pytest.fixture(scope="module")
def looks(queries: Queries) -> pd.DataFrame:
    """What the readout says on each day until twice the plan, in a few experiments."""
    found = look_every_day(queries.looks_every_day, experiments=20, seed=5)
    found["day"] = found.groupby(["method", "experiment", "metric"])["last_complete_day"].rank()
    return found[found["method"] == DAILY].drop(columns="last_complete_day")


def test_before_the_planned_days_are_over_the_readout_waits(looks: pd.DataFrame) -> None:
    early = looks[looks["day"] < PLANNED_DAYS]
    # A split of few users may look broken, which comes before all.
    assert early["decision"].str.startswith(("Wait: ", "Do not read: ")).all()
    assert early["decision"].str.startswith("Wait: ").mean() > 0.95
    assert early["adjusted_p_value"].isna().all()
    assert not early["metric_verdict"].str.contains("beyond chance").any()


def test_what_comes_after_the_planned_days_changes_nothing(looks: pd.DataFrame) -> None:
    late = looks[looks["day"] >= PLANNED_DAYS]
    assert set(late["later_days"]) == set(range(PLANNED_DAYS + 1))
    shown = late.groupby(["experiment", "metric"])
    words = ["units", "lift", "metric_verdict", "decision"]
    assert (shown[words].nunique(dropna=False) == 1).all(axis=None)
    # Its last digits depend on how many rows the engine computes at once.
    assert (shown["adjusted_p_value"].max() - shown["adjusted_p_value"].min()).max() < 1e-9
    assert not late["decision"].str.startswith("Wait: ").any()


@pytest.mark.parametrize("experiments", [50, 300])
def test_intervals_hold_the_planted_effect_as_often_as_they_say(
    queries: Queries, experiments: int
) -> None:
    found = coverage(queries, experiments, seed=4)
    assert [one.method for one in found] == list(EFFECTS)
    assert [str(one) for one in found if not one.kept] == []


def test_bounds_are_those_of_luck_in_so_many_experiments() -> None:
    assert bounds("exact", 1000) == pytest.approx((0.0293, 0.0707), abs=1e-4)
    assert bounds("bar", 1000) == pytest.approx((0, 0.06))
    for rates in ("exact", "at most", "far off", "bar", "coverage"):
        (low, high), (lower, higher) = bounds(rates, 1000), bounds(rates, 100)
        assert lower <= low < high <= higher
        assert (lower, higher) != (low, high)
