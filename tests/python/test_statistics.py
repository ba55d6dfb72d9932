"""The statistics macros against SciPy, NumPy and tea-tasting."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scripts.experiments import oracles, shapes
from scripts.experiments.comparison import measure
from scripts.experiments.oracles import Case, by_metric, column
from scripts.experiments.queries import Run, runner

DECLARED: dict[str, Any] = {
    "id": "three_days",
    "shares": {"control": 1, "treatment": 1},
    "control": "control",
    "planned_days": 3,
    "metrics": {
        "earnings": {
            "label": "earnings",
            "role": "primary",
            "kind": "mean",
            "numerator": "earnings",
            "good_direction": "up",
        }
    },
}
QUERIES = oracles.QUERIES | {
    "experiment_units": """{{ experiment_units(
        'exposures', 'events',
        values={'earnings': 'events.amount', 'orders': '1'},
        covariates={'earlier_earnings': 'events.amount'},
        segments=['platform'],
    ) }} order by unit_id""",
    **{
        f"experiment_window {name}": f"""
            {{%- set experiment = {DECLARED | started} %}}
            with exposures as (select * from all_exposures),
            planned_window as (
                {{{{ experiment_window('exposures', experiment, '(select max(day) from days)') }}}}
            )
            select *, (
                select string_agg(unit_id || ' ' || earnings || ' ' || exposed_days, ', ')
                from ({{{{ experiment_units(
                    'exposures', 'events', {{'earnings': 'events.amount'}}, window='planned_window',
                ) }}}} order by unit_id)
            ) as units
            from planned_window"""
        for name, started in (("found", {}), ("declared", {"started_on": "2024-01-04"}))
    },
    "experiment_dropped_units": "{{ experiment_dropped_units('exposures') }}",
    "experiment_unit_days": """select * from ({{ experiment_unit_days(
        'exposures', 'events', {'earnings': 'events.amount'}, 3, "timestamp '2024-01-08 00:00:00'",
    ) }}) order by unit_id, day_since_exposure""",
}


@pytest.fixture(scope="module")
def run() -> Run:
    """Runs one of QUERIES over the relations it is given; dbt compiles all of them at once."""
    return runner(QUERIES)


@pytest.mark.parametrize("case", [*oracles.distributions(), *oracles.comparisons()], ids=str)
def test_macro_agrees_with_another_library(run: Run, case: Case) -> None:
    """The fast part of `python -m scripts.experiments compare`: the same cases, fewer draws."""
    found = measure(case, run, seeds=(1, 2))
    assert found.error <= case.bound


def test_distributions_are_null_where_they_are_not_defined(run: Run) -> None:
    assert column(run("normal_quantile", points={"p": [0.5]}), "z") == [0]
    quantiles = run("normal_quantile", points={"p": [0.0, 1.0, None]})
    assert np.isnan(column(quantiles, "z")).all()
    for name, x in (("student_t_tail", "t"), ("chi_square_tail", "x")):
        rows = run(name, points={x: [None, 1.0], "v": [1.0, None]})
        assert np.isnan(column(rows, "tail")).all()
    assert column(run("chi_square_tail", points={"x": [0.0], "v": [1.0]}), "tail") == [1]


def test_lift_of_separate_groups_has_an_interval_about_as_wide_as_tea_tasting_s(run: Run) -> None:
    units = shapes.paired_units(7, in_both_groups=False)
    (found,) = run("ratio_comparison", units=units)
    # tea-tasting builds its interval on the logarithm, where it is not symmetric about the lift.
    oracle = oracles.paired_lift(units)
    width = oracle["lift_high"] - oracle["lift_low"]
    assert found["interval_high"] - found["interval_low"] == pytest.approx(width, rel=0.02)


def test_lift_is_null_without_a_control_group(run: Run) -> None:
    units = shapes.paired_units(1, in_both_groups=True)
    units["control_denominator"] = np.zeros_like(units["control_denominator"])
    (found,) = run("ratio_comparison", units=units)
    assert found["lift"] is None or np.isnan(found["lift"])
    assert found["p_value"] is None or np.isnan(found["p_value"])


def test_ratio_without_residuals_has_no_p_value(run: Run) -> None:
    units = shapes.units("numerator proportional to denominator", 11)
    found = by_metric(run("mean_difference", units=units))["ratio"]
    assert found["treatment_value"] == pytest.approx(3)
    assert (found["standard_error"], found["p_value"]) == (0, None)


def test_units_have_their_first_exposure_and_events_from_then_on(run: Run) -> None:
    def day(number: int) -> pd.Timestamp:
        return pd.Timestamp(2024, 1, number)

    exposures = pd.DataFrame(
        [
            ("exposed twice", "control", day(5), "ios"),
            ("exposed twice", "control", day(3), "web"),
            ("in both", "control", day(3), "web"),
            ("in both", "treatment", day(4), "web"),
            ("without events", "treatment", day(3), "web"),
        ],
        columns=["unit_id", "variant", "exposed_at", "platform"],
    )
    events = pd.DataFrame(
        [
            ("exposed twice", day(2), 1.0),
            ("exposed twice", day(3), 2.0),
            ("exposed twice", day(4), 4.0),
            ("in both", day(6), 8.0),
            ("never exposed", day(6), 16.0),
        ],
        columns=["unit_id", "event_at", "amount"],
    )
    rows = run("experiment_units", exposures=exposures, events=events)
    assert [tuple(row.values()) for row in rows] == [
        ("exposed twice", "control", day(3), "web", 6, 2, 1),
        ("without events", "treatment", day(3), "web", 0, 0, 0),
    ]
    (dropped,) = run("experiment_dropped_units", exposures=exposures)
    assert dropped == {"units_exposed": 3, "units_dropped": 1}


def planned_window(run: Run, last_day: int | None, query: str = "found") -> tuple[Any, ...]:
    """The window of three days, and its units, while the log is complete until a day of January."""

    def at(day: float) -> pd.Timestamp:
        return pd.Timestamp(2024, 1, 1) + pd.Timedelta(days=day - 1)

    exposures = pd.DataFrame(
        [
            ("ada", "control", at(3)),
            ("ada", "treatment", at(6)),
            ("bob", "treatment", at(5.99)),
            ("cyd", "control", at(6)),
            ("dan", "control", at(7)),
        ],
        columns=["unit_id", "variant", "exposed_at"],
    )
    events = pd.DataFrame(
        [("ada", at(3), 1.0), ("ada", at(5.99), 2.0), ("ada", at(6), 4.0), ("bob", at(7), 8.0)],
        columns=["unit_id", "event_at", "amount"],
    )
    days = pd.DataFrame({"day": [last_day and date(2024, 1, last_day)]}, dtype="object")
    # What is not known yet is not there.
    known = exposures[exposures["exposed_at"] < at((last_day or 0) + 2)]
    relations = {"all_exposures": known, "events": events, "days": days}
    (row,) = run(f"experiment_window {query}", **relations)
    return tuple(row.values())


def test_a_window_is_of_the_planned_days_however_much_later_data_comes(run: Run) -> None:
    start = date(2024, 1, 3)
    assert planned_window(run, 2) == (start, date(2024, 1, 2), 0, False, 0, 0, None)
    assert planned_window(run, 3) == (start, start, 1, False, 0, 0, "ada 1.0 1")
    end = date(2024, 1, 5)
    units = "ada 3.0 3, bob 0.0 1"
    assert planned_window(run, 5) == (start, end, 3, True, 0, 0, units)
    # Ada's other variant, the events of the 6th and 7th, and who comes then, are of no account.
    assert planned_window(run, 7) == (start, end, 3, True, 2, 2, units)


def test_a_window_may_begin_on_a_day_that_was_declared(run: Run) -> None:
    start, end = date(2024, 1, 4), date(2024, 1, 6)
    # Of Ada nothing is known but her second variant.
    units = "ada 4.0 1, bob 0.0 2, cyd 0.0 1"
    assert planned_window(run, 7, "declared") == (start, end, 3, True, 1, 1, units)
    assert planned_window(run, 3, "declared") == (start, date(2024, 1, 3), 0, False, 0, 0, None)


def test_sample_ratio_mismatch_names_the_segment_that_lost_units(run: Run) -> None:
    rows = run("sample_ratio_mismatch", units=shapes.split_units(5))
    mismatched = {row["member"] for row in rows if row["is_mismatch"]}
    assert {"all", "web"} <= mismatched
    assert mismatched.isdisjoint({"ios", "android"})


def test_sample_ratio_mismatch_sees_a_variant_without_units(run: Run) -> None:
    units = pd.DataFrame({"variant": ["a", "b"] * 40, "platform": "web", "country": "PT"})
    rows = run("sample_ratio_mismatch", units=units)
    oracle = stats.chisquare([40, 40, 0], [40, 24, 16])
    assert column(rows, "p_value") == pytest.approx([oracle.pvalue] * 3, rel=1e-6)
    assert run("sample_ratio_mismatch", units=units[:0])[0]["p_value"] is None


def test_a_test_without_a_p_value_counts_in_its_family(run: Run) -> None:
    tests = {"family": "a", "metric": [1, 2, 3], "p_value": [0.01, None, 0.02]}
    rows = run("holm_adjusted", tests=tests)
    assert [row["adjusted_p_value"] for row in rows] == [
        pytest.approx(0.03),
        None,
        pytest.approx(0.04),
    ]


@pytest.mark.parametrize("covariate", ["related", "constant"])
def test_cuped_narrows_the_interval_by_what_the_past_explains(run: Run, covariate: str) -> None:
    units = shapes.units("random", 11)
    if covariate == "constant":
        units["earlier_earnings"] = 7.0
    (found,) = run("cuped", raw_units=units)
    unadjusted = by_metric(run("mean_difference", units=units))["mean"]
    narrower = found["standard_error"] < 0.8 * unadjusted["standard_error"]
    assert narrower == (covariate == "related")


def test_always_valid_p_value_is_where_the_interval_leaves_zero(run: Run) -> None:
    random = np.random.default_rng(3)
    earnings = random.normal(0, 1, 5000)
    variant = np.repeat(["treatment", "control"], 2500)
    earnings -= (
        np.where(variant == "treatment", 1, -1)
        * (earnings[:2500].mean() - earnings[2500:].mean())
        / 2
    )
    units = pd.DataFrame({"variant": variant, "earnings": earnings, "hours": 1.0})
    half_width = run("always_valid_difference", units=units)[0]["interval_high"]
    units.loc[units["variant"] == "treatment", "earnings"] += half_width
    found = run("always_valid_difference", units=units)[0]
    assert found["interval_low"] == pytest.approx(0, abs=1e-9)
    assert found["p_value"] == pytest.approx(0.05, rel=1e-6)


def test_unit_days_are_those_of_units_observed_on_every_day(run: Run) -> None:
    exposed = pd.Timestamp(2024, 1, 5)
    exposures = pd.DataFrame(
        [
            ("active", "control", exposed),
            ("exposed too late", "control", exposed + pd.Timedelta(seconds=1)),
            ("idle", "treatment", exposed - pd.Timedelta(days=2)),
            ("in both", "control", exposed),
            ("in both", "treatment", exposed),
        ],
        columns=["unit_id", "variant", "exposed_at"],
    )
    hours = {-1: 1.0, 0: 2.0, 23.9: 4.0, 24: 8.0, 71.9: 16.0, 72: 32.0}
    events = pd.DataFrame(
        [("active", exposed + pd.Timedelta(hours=at), amount) for at, amount in hours.items()],
        columns=["unit_id", "event_at", "amount"],
    )
    rows = run("experiment_unit_days", exposures=exposures, events=events)
    assert [tuple(row.values()) for row in rows] == [
        ("active", "control", 0, 6),
        ("active", "control", 1, 8),
        ("active", "control", 2, 16),
        ("idle", "treatment", 0, 0),
        ("idle", "treatment", 1, 0),
        ("idle", "treatment", 2, 0),
    ]
