"""The target of the churn model is judged beside predictors without skill, on rows by hand."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.python.builds import render

LOWER = 0.75
"""The lower of precision and recall, above the target's threshold of 0.7."""


@pytest.fixture(scope="module")
def status_query(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The status of messenger's targets, over a table metric_values."""
    folder = tmp_path_factory.mktemp("churn_target")
    return render(folder, "{{ target_status('messenger', 'metric_values') }}")


def judge(query: str, months: list[tuple[float | None, ...]]) -> tuple[Any, ...]:
    """Baseline, observed value, difference and status, from F1s of model, best rule, everybody."""
    statistics = ("lower_of_precision_and_recall", "f1", "best_rule_f1", "flag_everybody_f1")
    with duckdb.connect() as connection:
        connection.execute(
            """
            attach ':memory:' as gsmt;
            use gsmt;
            create table fct_messenger__user_daily_activity_summary (
                activity_date date, user_id text, platform text
            );
            create table metric_values (
                metric_id text default 'churn_prediction_score', period_start date,
                statistic text, value double, numerator double, denominator double,
                dimension text default 'all', member text default 'all',
                period_grain text default 'month', is_complete boolean default true
            )
            """
        )
        for month, f1s in enumerate(months, start=1):
            for statistic, value in zip(statistics, (LOWER, *f1s), strict=True):
                connection.execute(
                    "insert into metric_values (period_start, statistic, value) values (?, ?, ?)",
                    (f"2026-{month:02}-01", statistic, value),
                )
        [found] = connection.execute(
            f"""
            select baseline_value, observed, difference, status from ({query})
            where target_id = '8.1.1-C.T2'
            """
        ).fetchall()
    return found


@pytest.mark.parametrize(
    ("model", "rule", "everybody", "status"),
    [
        (0.75, 0.5, 0.25, "met"),
        # As among the buyers of CDNOW, of whom most never come back.
        (0.75, 0.875, 0.8125, "missed"),
        (0.75, 0.5, 0.875, "missed"),
        # As good is not better.
        (0.75, 0.5, 0.75, "missed"),
        # No rule flags anybody who leaves.
        (0.75, None, 0.25, "met"),
    ],
)
def test_a_model_has_to_beat_the_best_rule_and_flagging_everybody(
    status_query: str, model: float, rule: float | None, everybody: float, status: str
) -> None:
    best = max(rule or 0, everybody)
    # What was true of an earlier month does not count.
    earlier = (0.9, 0.1, 0.1) if status == "missed" else (0.1, 0.9, 0.9)
    found = judge(status_query, [earlier, earlier, (model, rule, everybody)])
    assert found == (best, LOWER, model - best, status)
