"""The statistics macros against SciPy, NumPy and tea-tasting."""

from __future__ import annotations

import json
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import pytest
import tea_tasting as tt
from numpy.typing import NDArray
from scipy import stats

from tests.python.builds import run_dbt

Units = dict[str, NDArray[np.float64]]
SUMS = (
    "treatment_numerator",
    "treatment_denominator",
    "control_numerator",
    "control_denominator",
)


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Compiles a query that calls macros."""
    folder = tmp_path_factory.mktemp("statistics")

    def compile_inline(query: str) -> str:
        arguments = ("--quiet", "compile", "--output", "json", "--inline", query)
        build = run_dbt(folder, *arguments)
        assert build.exit_code == 0, build.output
        return str(json.loads(build.output)["compiled"])

    return compile_inline


@pytest.fixture(scope="module")
def ratio_lift(render: Callable[[str], str]) -> Callable[[Units], dict[str, float]]:
    """The macro ratio_lift as a function of the units' sums."""
    query = render("with {{ ratio_lift('units') }} select * from ratio_lift")

    def compute(units: Units) -> dict[str, float]:
        with duckdb.connect() as connection:
            connection.register("units", pd.DataFrame(units))
            result = connection.execute(query)
            columns = [column[0] for column in result.description]
            row = result.fetchone()
        assert row is not None
        return dict(zip(columns, row, strict=True))

    return compute


def random_units(seed: int, in_both_groups: bool) -> Units:
    """Sums of 200 units; each unit is in one group unless `in_both_groups`."""
    random = np.random.default_rng(seed)
    count = 200
    hours = random.gamma(2, 3, (count, 2)) + 0.1
    habit = random.normal(20, 4, count)
    earnings = hours * (habit[:, None] + np.array([2.0, 0.0]) + random.normal(0, 3, (count, 2)))
    if not in_both_groups:
        group = random.permutation(count) % 2 == 0
        hours *= np.column_stack([group, ~group])
        earnings *= np.column_stack([group, ~group])
    parts = (earnings[:, 0], hours[:, 0], earnings[:, 1], hours[:, 1])
    return dict(zip(SUMS, parts, strict=True))


def test_normal_tail_agrees_with_scipy(render: Callable[[str], str]) -> None:
    query = render("select z, {{ normal_tail('z') }} as tail from points order by z")
    points = np.concatenate([np.linspace(0, 7.07, 2001), np.linspace(7.08, 37, 500)])
    with duckdb.connect() as connection:
        connection.register("points", pd.DataFrame({"z": points}))
        rows = np.array(connection.execute(query).fetchall(), dtype=float)
    error = np.abs(rows[:, 1] / stats.norm.sf(rows[:, 0]) - 1)
    assert error[rows[:, 0] <= 4].max() < 1e-12
    assert error.max() < 1e-8


@pytest.mark.parametrize("seed", range(5))
def test_lift_of_units_in_both_groups_agrees_with_the_multivariate_delta_method(
    ratio_lift: Callable[[Units], dict[str, float]], seed: int
) -> None:
    units = random_units(seed, in_both_groups=True)
    sums = np.column_stack([units[name] for name in SUMS])
    count, means = len(sums), sums.mean(axis=0)
    lift = means[0] / means[1] / (means[2] / means[3]) - 1
    gradient = (1 + lift) * np.array([1, -1, -1, 1]) / means
    error = np.sqrt(gradient @ np.cov(sums.T) @ gradient / count)

    found = ratio_lift(units)

    half_width = stats.norm.ppf(0.975) * error
    assert found["lift"] == pytest.approx(lift, rel=1e-9)
    assert found["interval_low"] == pytest.approx(lift - half_width, rel=1e-9)
    assert found["interval_high"] == pytest.approx(lift + half_width, rel=1e-9)
    assert found["p_value"] == pytest.approx(2 * stats.norm.sf(abs(lift) / error), rel=1e-6)


def test_lift_of_separate_groups_agrees_with_tea_tasting(
    ratio_lift: Callable[[Units], dict[str, float]],
) -> None:
    units = random_units(7, in_both_groups=False)
    is_treatment = units["treatment_denominator"] > 0
    frame = pd.DataFrame(
        {
            "variant": is_treatment.astype(int),
            "earnings": units["treatment_numerator"] + units["control_numerator"],
            "hours": units["treatment_denominator"] + units["control_denominator"],
        }
    )
    experiment = tt.Experiment(
        lift=tt.RatioOfMeans("earnings", "hours", use_t=False, equal_var=False)
    )
    oracle = experiment.analyze(frame)["lift"]

    found = ratio_lift(units)

    assert found["treatment_value"] == pytest.approx(oracle.treatment, rel=1e-9)
    assert found["control_value"] == pytest.approx(oracle.control, rel=1e-9)
    assert found["lift"] == pytest.approx(oracle.rel_effect_size, rel=1e-9)
    # tea-tasting builds its interval on the logarithm, where it is not symmetric about the lift.
    width = oracle.rel_effect_size_ci_upper - oracle.rel_effect_size_ci_lower
    assert found["interval_high"] - found["interval_low"] == pytest.approx(width, rel=0.02)


def test_lift_is_null_without_a_control_group(
    ratio_lift: Callable[[Units], dict[str, float]],
) -> None:
    units = random_units(1, in_both_groups=True)
    units["control_denominator"] = np.zeros_like(units["control_denominator"])
    found = ratio_lift(units)
    assert found["lift"] is None or np.isnan(found["lift"])
    assert found["p_value"] is None or np.isnan(found["p_value"])
