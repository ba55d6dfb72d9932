"""Treated units compared with others: against statsmodels and Polars, at edges, and by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scripts.experiments import treated_units
from scripts.experiments.comparison import measure
from scripts.experiments.oracles import Case, column
from scripts.experiments.queries import Row, Run, compile_queries, runner
from scripts.experiments.simulated_comparisons import (
    FALSE_POSITIVES,
    INTERVALS,
    compile_comparisons,
    verdicts,
)

CASES = list(treated_units.cases())
# A shape of each query is enough to see that the engines agree: Spark takes seconds for each.
ON_SPARK = list({(case.macro, str(case).split(", ")[2]): case for case in CASES}.values())
COMPARISONS = ("raw difference", "standardised_difference", "clustered difference")


@pytest.fixture(scope="module")
def run() -> Run:
    """Runs one of the queries over the relations it is given; dbt compiles all of them at once."""
    return runner(treated_units.QUERIES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_macro_agrees_with_another_library(run: Run, case: Case) -> None:
    """The fast part of `python -m scripts.experiments compare`: the same cases, fewer draws."""
    assert measure(case, run, seeds=(1, 2)).error <= case.bound


@pytest.mark.parametrize("case", ON_SPARK, ids=str)
def test_macro_agrees_with_another_library_on_spark(spark: Run, case: Case) -> None:
    assert measure(case, spark, seeds=(3,)).error <= case.bound


def of_rows(*rows: tuple[str, str | None, int, float, float]) -> pd.DataFrame:
    """Units of these variants, zones, users, earlier values and outcomes, all in one hour."""
    columns = ["variant", "zone", "user_id", "earlier", "outcome"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(hour=0).astype({"zone": "object", "variant": "object", "user_id": "int64"})


def only(rows: list[Row]) -> Row:
    """The one row there is, with null for what is not a number."""
    (row,) = rows
    return {name: None if value != value else value for name, value in row.items()}


# One row is no comparison, two have no error, and what never varies has none either.
EDGES: dict[str, tuple[pd.DataFrame, dict[str, Any]]] = {
    "no units": (
        of_rows(),
        {"treated_units": 0, "overlap": None, "difference": None, "standard_error": None},
    ),
    "one row": (
        of_rows(("treated", "a", 1, 1.0, 3.0)),
        {"treated_units": 0, "strata": 0, "overlap": 0, "difference": None, "lift": None},
    ),
    "one row each": (
        of_rows(("treated", "a", 1, 1.0, 3.0), ("comparison", "a", 2, 1.0, 2.0)),
        {"treated_units": 1, "overlap": 1, "difference": 1, "standard_error": None, "lift": 0.5},
    ),
    "all equal": (
        of_rows(*[(variant, "a", n, 0.1, 0.1) for variant in ("treated", "comparison")
                  for n in range(5)]),
        {"difference": 0, "standard_error": 0, "lift": 0, "lift_low": None},
    ),
    "all zero": (
        of_rows(*[(variant, "a", n, 0.0, 0.0) for variant in ("treated", "comparison")
                  for n in range(5)]),
        {"difference": 0, "standard_error": 0, "lift": None, "counterfactual": 0},
    ),
    "nobody treated": (
        of_rows(("comparison", "a", 1, 1.0, 3.0), ("comparison", "a", 2, 1.0, 2.0)),
        {"treated_units": 0, "overlap": None, "difference": None},
    ),
    "a counterfactual below zero": (
        of_rows(("treated", "a", 1, 1.0, 3.0), ("treated", "a", 1, 1.0, 4.0),
                ("comparison", "a", 2, 1.0, -2.0), ("comparison", "a", 3, 1.0, -3.0)),
        {"difference": 6, "lift": None, "lift_low": None},
    ),
}  # fmt: skip


def check_edge(rows: list[Row], edge: str) -> None:
    row = only(rows)
    _, expected = EDGES[edge]
    assert {name: row[name] for name in expected} == expected
    if not (row["standard_error"] or 0) > 0:
        assert row["interval_low"] is row["p_value"] is row["lift_high"] is None


@pytest.mark.parametrize("query", COMPARISONS)
@pytest.mark.parametrize("edge", EDGES)
def test_what_cannot_be_compared_is_null(run: Run, edge: str, query: str) -> None:
    frame, _ = EDGES[edge]
    check_edge(run(query, units=frame), edge)


@pytest.mark.parametrize("query", COMPARISONS)
def test_what_cannot_be_compared_is_null_on_spark(spark: Run, query: str) -> None:
    """All edges in one query, but for no units, which are not among others."""
    frames = {edge: frame for edge, (frame, _) in EDGES.items()}
    check_edge(spark(query, units=frames.pop("no units")), "no units")
    together = pd.concat([frame.assign(draw=edge) for edge, frame in frames.items()])
    rows = spark(query, units=together)
    for edge in frames:
        check_edge([row for row in rows if row["draw"] == edge], edge)


def test_one_cluster_has_no_error(run: Run) -> None:
    frame = treated_units.units("random", 1).assign(user_id=7)
    row = only(run("clustered difference", units=frame))
    assert row["clusters"] == 1
    assert row["difference"] == only(run("standardised_difference", units=frame))["difference"]
    assert row["standard_error"] is row["interval_low"] is row["p_value"] is None


def test_strata_weigh_as_the_treated_do_and_without_others_fall_out(run: Run) -> None:
    # Two of three treated are in a, where they are 1 above; c has nobody to compare with.
    frame = of_rows(
        ("treated", "a", 1, 0.0, 10.0), ("treated", "a", 2, 0.0, 12.0),
        ("comparison", "a", 3, 0.0, 9.0), ("comparison", "a", 4, 0.0, 11.0),
        ("treated", None, 5, 0.0, 27.0), ("comparison", None, 6, 0.0, 23.0),
        ("comparison", None, 7, 0.0, 23.0), ("comparison", "b", 8, 0.0, 99.0),
        ("treated", "c", 9, 0.0, 50.0),
    )  # fmt: skip
    row = only(run("standardised_difference", units=frame))
    assert (row["treated_units"], row["comparison_units"], row["strata"]) == (3, 4, 2)
    assert row["overlap"] == pytest.approx(3 / 4)
    assert row["difference"] == pytest.approx((2 * 1 + 1 * 4) / 3)
    assert row["counterfactual"] == pytest.approx((2 * 10 + 1 * 23) / 3)
    assert row["lift"] == pytest.approx(2 / (43 / 3))
    # The one treated without a zone takes the variance of the treated in a, which is 2.
    variance = (2 / 3) ** 2 * (2 / 2 + 2 / 2) + (1 / 3) ** 2 * (2 / 1 + 0)
    assert row["standard_error"] == pytest.approx(np.sqrt(variance))


def test_units_without_an_outcome_are_left_out(run: Run) -> None:
    frame = treated_units.units("random", 2)
    more = frame.head(50).assign(outcome=None)
    found = run("standardised_difference", units=pd.concat([frame, more], ignore_index=True))
    assert only(found) == pytest.approx(only(run("standardised_difference", units=frame)))


def test_each_change_is_one_value_of_its_user(run: Run) -> None:
    frame = of_rows(
        ("treated", "a", 1, 10.0, 16.0), ("treated", "a", 2, 20.0, 24.0),
        ("comparison", "a", 3, 4.0, 3.0), ("comparison", "a", 4, 8.0, 5.0),
    )  # fmt: skip
    row = only(run("difference_in_differences", units=frame))
    assert row["difference"] == pytest.approx(5 - (-2))
    # Without the treatment the treated would have gone from 15 to 13.
    assert (row["treated_value"], row["counterfactual"]) == (20, 13)
    assert row["lift"] == pytest.approx(7 / 13)
    assert row["standard_error"] == pytest.approx(np.sqrt(2 / 2 + 2 / 2))


def drifting(slope: float) -> pd.DataFrame:
    frame = treated_units.panel(4)
    return frame.assign(
        minutes=frame["minutes"] + slope * frame["week"] * (frame["variant"] == "treated")
    )


def check_leads(run: Run) -> None:
    late = treated_units.panel(4).query("week >= -1")
    panels = {"same": drifting(0), "other": drifting(4), "late": late}
    together = pd.concat([panel.assign(draw=name) for name, panel in panels.items()])
    rows = {row["draw"]: row for row in run("pre_trend_check", panel=together)}
    same, other, none = rows["same"], rows["other"], only([rows["late"]])
    assert (same["leads"], same["trends_differ"]) == (3, False)
    assert same["verdict"] == "no difference of trends shown before the launch"
    assert (other["leads"], other["trends_differ"]) == (3, True)
    assert other["verdict"] == "trends differ before the launch"
    assert same["worst_lead"] < same["lead_bound"] < other["worst_lead"] < other["lead_bound"]
    assert (none["leads"], none["trends_differ"], none["worst_lead"]) == (0, None, None)
    assert none["verdict"] == "cannot be checked: no period before the reference can be compared"


def test_leads_tell_a_trend_that_was_there_before(run: Run) -> None:
    check_leads(run)


def test_leads_tell_a_trend_that_was_there_before_on_spark(spark: Run) -> None:
    check_leads(spark)


def test_an_event_study_compares_every_week_with_the_last_before_the_launch(run: Run) -> None:
    rows = run("event_study", panel=treated_units.panel(5))
    assert [(row["week"], row["phase"]) for row in rows] == [
        *((week, "lead") for week in (-4, -3, -2)),
        (-1, "reference"),
        *((week, "lag") for week in (0, 1, 2)),
    ]
    reference = rows[3]
    assert (reference["difference"], reference["adjusted_p_value"]) == (0, None)
    for row in rows[4:]:
        assert row["interval_low"] < 5 < row["interval_high"]


def panel_relations(*events: tuple[int, str, float]) -> dict[str, pd.DataFrame]:
    """Two users who were there before the window, and one who came on its first day."""
    entered = pd.to_datetime(["2026-01-31 23:59:59", "2026-01-01 00:00:00", "2026-02-01 00:00:00"])
    frame = pd.DataFrame(events, columns=["unit_id", "event_at", "minutes"])
    return {
        "population": pd.DataFrame({"unit_id": [1, 2, 3], "entered_at": entered, "country": "PT"}),
        "events": frame.assign(event_at=pd.to_datetime(frame["event_at"])),
        # 17 days: two weeks and three days that are left over.
        "days": pd.DataFrame({"first_day": [date(2026, 2, 1)], "last_day": [date(2026, 2, 17)]}),
    }


def check_panel(run: Run) -> None:
    relations = panel_relations(
        (1, "2026-01-31 23:59:59", 1.0), (1, "2026-02-01 00:00:00", 2.0),
        (1, "2026-02-07 23:59:59", 4.0), (1, "2026-02-15 00:00:00", 8.0),
        (3, "2026-02-03 00:00:00", 16.0), (4, "2026-02-03 00:00:00", 32.0),
    )  # fmt: skip
    rows = run("zero_filled_panel", **relations)
    names = ("unit_id", "period_number", "minutes", "visits")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (1, 0, 6, 2), (1, 1, 0, 0), (2, 0, 0, 0), (2, 1, 0, 0),
    ]  # fmt: skip
    assert [str(row["period_start"]) for row in rows[:2]] == ["2026-02-01", "2026-02-08"]
    nobody = relations | {"population": relations["population"].head(0)}
    assert run("zero_filled_panel", **nobody) == []
    silent = relations | {"events": relations["events"].head(0)}
    assert column(run("zero_filled_panel", **silent), "visits").tolist() == [0, 0, 0, 0]


def test_a_panel_is_of_who_was_there_before_in_whole_periods(run: Run) -> None:
    check_panel(run)


def test_a_panel_is_of_who_was_there_before_in_whole_periods_on_spark(spark: Run) -> None:
    check_panel(spark)


def test_a_landmark_leaves_out_who_ended_and_who_is_not_ripe(run: Run) -> None:
    start, last = pd.Timestamp(2026, 1, 1, 12), pd.Timestamp(2026, 3, 2)
    days = {"treated": 0, "too late": 0, "ended on 6": 0, "ended on 7": 0, "ripe": 33, "unripe": 34}
    started = [start + pd.Timedelta(days=day) for day in days.values()]
    ended: list[pd.Timestamp | None] = [None] * 6
    ended[2], ended[3] = start + pd.Timedelta(days=6), start + pd.Timedelta(days=7)
    population = pd.DataFrame(
        {
            "unit_id": list(days),
            "started_at": started,
            "ended_at": pd.Series(ended, dtype="datetime64[us]"),
            "country": "PT",
        }
    )
    events = pd.DataFrame(
        [
            ("treated", pd.Timestamp(2026, 1, 7, 23, 59), 5.0),
            ("treated", pd.Timestamp(2026, 1, 8, 0, 0), 2.0),
            ("treated", pd.Timestamp(2026, 1, 28, 23, 59), 2.0),
            ("treated", pd.Timestamp(2026, 1, 29, 0, 0), 64.0),
            ("too late", pd.Timestamp(2026, 1, 8, 0, 0), 5.0),
            ("too late", pd.Timestamp(2026, 1, 7, 0, 0), 4.0),
            ("ended on 6", pd.Timestamp(2026, 1, 2, 0, 0), 9.0),
            ("unripe", pd.Timestamp(2026, 2, 5, 0, 0), 9.0),
        ],
        columns=["unit_id", "event_at", "minutes"],
    )
    window = pd.DataFrame({"first_day": [start.date()], "last_day": [last.date()]})
    rows = run("landmark_units", population=population, events=events, days=window)
    assert {row["unit_id"]: tuple(row.values())[2:5] for row in rows} == {
        "treated": ("compared", "treated", 4),
        "too late": ("compared", "comparison", 5),
        "ended on 6": ("ended", None, None),
        "ended on 7": ("compared", "comparison", 0),
        "ripe": ("compared", "comparison", 0),
        "unripe": ("pending", None, None),
    }


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "landmark_units('p', 'e', 'true', {}, 6, 6, 27, 'now')",
            "the outcome, days 6 to 27, must begin after the landmark, day 6",
        ),
        (
            "switchback_exposures('a', 30, 30)",
            "a washout of 30 minutes leaves nothing of windows of 30",
        ),
    ],
)
def test_a_design_that_cannot_be_is_refused(call: str, said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        compile_queries([f"{{{{ {call} }}}}"])


def check_switchback(run: Run) -> None:
    def at(text: str) -> pd.Timestamp:
        return pd.Timestamp(f"2026-01-05 {text}")

    assignments = pd.DataFrame(
        [
            ("a", at("10:00"), "single"), ("a", at("12:00"), "batching"),
            ("b", at("10:00"), "single"),
            # Delivered twice, and in two variants.
            ("a", at("12:00"), "batching"),
            ("b", at("12:00"), "single"), ("b", at("12:00"), "batching"),
        ],
        columns=["zone_id", "window_start", "variant"],
    )  # fmt: skip
    orders = pd.DataFrame(
        [
            ("a", at("10:19:59"), 1.0), ("a", at("10:20"), 2.0), ("a", at("11:59:59"), 4.0),
            ("a", at("12:00"), 8.0), ("a", at("12:30"), 16.0), ("a", at("14:00"), 32.0),
            ("b", at("12:30"), 64.0), ("c", at("12:30"), 128.0),
        ],
        columns=["zone_id", "event_at", "minutes"],
    )  # fmt: skip
    rows = run("switchback_units", assignments=assignments, orders=orders)
    assert [(row["unit_id"], row["variant"], row["minutes"], row["orders"]) for row in rows] == [
        ("a 2026-01-05 10:00:00", "single", 6, 2),
        ("a 2026-01-05 12:00:00", "batching", 16, 1),
        ("b 2026-01-05 10:00:00", "single", 0, 0),
    ]


def test_a_switchback_drops_its_washout_and_keeps_empty_windows(run: Run) -> None:
    check_switchback(run)


def test_a_switchback_drops_its_washout_and_keeps_empty_windows_on_spark(spark: Run) -> None:
    check_switchback(spark)


def test_the_readout_of_a_switchback_speaks_of_its_units(run: Run) -> None:
    relations = treated_units.switchback(1, effect=6.0)
    rows = {row["variant"]: row for row in run("switchback", **relations)}
    assert rows["batching"]["metric_verdict"].endswith("beyond chance: worse")
    broken = relations["assignments"]
    broken = broken[(broken["variant"] == "single") | (broken["zone_id"] == 0)]
    rows = {
        row["variant"]: row
        for row in run("switchback", assignments=broken, orders=relations["orders"])
    }
    assert rows["batching"]["decision"].startswith(
        "Do not read: zone windows did not fall into the variants as planned (batching has "
    )
    assert " zone windows, planned " in rows["batching"]["decision"]


@pytest.fixture(scope="module")
def simulated() -> tuple[Any, Any]:
    return verdicts(compile_comparisons(), experiments=200, seed=3)


def test_intervals_hold_nothing_as_often_as_they_say_and_naive_ones_do_not(simulated: Any) -> None:
    _, coverage = simulated
    assert [one.method for one in coverage] == list(INTERVALS)
    assert [str(one) for one in coverage if not one.kept] == []


def test_checks_cry_wolf_as_rarely_as_they_say_and_naive_ones_do_not(simulated: Any) -> None:
    positives, _ = simulated
    assert [one.method for one in positives] == list(FALSE_POSITIVES)
    assert [str(one) for one in positives if not one.kept] == []
