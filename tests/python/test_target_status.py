"""How targets are judged, on rows that can be worked out by hand, in windows of two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pytest

from tests.python.builds import render

VALUES = """
carpool_ride_penetration      2026-06-29  all     all     value             1     4    0.25    true
carpool_ride_penetration      2026-06-30  all     all     value             1     16   0.0625  true
carpool_ride_penetration      2026-07-01  all     all     value             9     10   0.9     true
carpool_ride_penetration      2026-06-30  city    Lisbon  value             9     9    1       true
carpool_request_success_rate  2026-07-01  all     all     value             9     10   0.9     true
carpool_request_success_rate  2026-07-02  all     all     value             9     10   0.9     false
carpool_active_users          2026-06-28  all     all     dau               null  null 2       true
carpool_active_users          2026-06-29  all     all     dau               null  null 2       true
carpool_active_users          2026-06-30  all     all     dau               null  null 4       true
carpool_active_users          2026-07-01  all     all     dau               null  null 2       true
carpool_average_fill_rate     2026-06-30  all     all     value             4     2    2       true
carpool_average_fill_rate     2026-07-01  all     all     value             5     3    1.6667  true
driver_earnings_per_hour      2026-06-30  all     all     value             70    3    23.333  true
driver_earnings_per_hour      2026-07-01  all     all     value             130   2    65      true
carpool_rider_csat            2026-06-29  all     all     value             5     1    5       true
carpool_rider_csat            2026-06-30  all     all     value             0     0    null    true
carpool_rider_csat            2026-07-01  all     all     value             0     0    null    true
carpool_driver_csat           2026-06-30  all     all     value             18    4    4.5     true
carpool_driver_csat           2026-07-01  all     all     value             5     1    5       true
carpool_cancellation_rate     2026-07-02  all     all     value             0     9    0       false
"""
RIDES = """
2026-06-30  d1  carpool   30   3600
2026-06-30  d1  standard  20   3600
2026-06-30  d2  carpool   15   1800
2026-07-01  d2  standard  20   3600
2026-07-01  d3  standard  100  3600
2026-07-02  d2  carpool   900  3600
"""
TARGETS = ("1.T1", "1.T2", "1.T3", "2.T1", "2.T3", "3.T1", "3.T2", "3.T3")


def rows(text: str) -> list[list[str | None]]:
    return [
        [None if word == "null" else word for word in line.split()]
        for line in text.split("\n")[1:-1]
    ]


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """The query of target status, by the launches that overrides tell; each rendered once."""

    @cache
    def rendered(**launches: str) -> str:
        overrides: dict[str, dict[str, Any]] = {f"1.1.2-{name}": {"periods": 2} for name in TARGETS}
        for name, day in launches.items():
            overrides[f"1.1.2-{name}"]["launched_on"] = day
        # A raw_path that nothing is read from: the seeds would tell their launch.
        variables = {"target_overrides": overrides, "raw_path": "nowhere"}
        query = "{{ target_status('ride_sharing', 'metric_values') }}"
        return render(tmp_path_factory.mktemp("rendered"), query, variables)

    return rendered


def judge(query: str, values: str = VALUES, rides: str = RIDES) -> dict[str, tuple[Any, ...]]:
    """Window, baseline, observed value, difference and status of each target, by its short id."""
    with duckdb.connect() as connection:
        connection.execute(
            """
            attach ':memory:' as gsmt;
            use gsmt;
            create table metric_values (
                metric_id text, period_start date, dimension text, member text, statistic text,
                numerator double, denominator double, value double, is_complete boolean,
                period_grain text default 'day'
            );
            create table fct_ride_sharing__rides (
                ride_date date, driver_id text, ride_type text, fare_usd_driver_share double,
                duration_seconds bigint
            )
            """
        )
        connection.executemany(
            "insert into metric_values by position values (?, ?, ?, ?, ?, ?, ?, ?, ?, default)",
            rows(values),
        )
        connection.executemany(
            "insert into fct_ride_sharing__rides values (?, ?, ?, ?, ?)", rows(rides)
        )
        found = connection.execute(
            f"""
            select target_id, window_start, window_end, baseline_value, observed, difference, status
            from ({query})
            """
        ).fetchall()
    return {row[0].removeprefix("1.1.2-"): row[1:] for row in found}


@pytest.fixture(scope="module")
def usual(sql: Callable[..., str]) -> str:
    """The query for a launch on New Year's Day, so that the deadline is the first of July."""
    return sql(**{"1.T1": "2026-01-01"})


@pytest.fixture(scope="module")
def judged(usual: str) -> dict[str, tuple[Any, ...]]:
    """The verdicts of the usual query."""
    return judge(usual)


JUNE_29, JUNE_30, JULY_1 = date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)


def test_a_window_ends_before_the_deadline_and_is_a_ratio_of_sums(
    judged: dict[str, tuple[Any, ...]],
) -> None:
    # 2 of 20. The mean of the two days is above the threshold, and so is the day of the deadline.
    assert judged["1.T1"] == (JUNE_29, JUNE_30, None, pytest.approx(0.1), None, "missed")


def test_a_target_with_a_deadline_is_judged_on_that_day_and_not_before(
    sql: Callable[..., str],
) -> None:
    # 10 of 26 on the two days before the deadline would meet, but what rises early may fall again.
    launched_in_may = sql(**{"1.T1": "2026-05-01", "1.T3": "2026-06-29"})
    early = judge(launched_in_may)["1.T1"]
    assert early == (JUNE_30, JULY_1, None, pytest.approx(10 / 26), None, "not_yet_mature")


def test_a_window_that_the_data_does_not_fill_is_not_yet_mature(
    judged: dict[str, tuple[Any, ...]],
) -> None:
    assert judged["1.T2"][-1] == "not_yet_mature"
    assert judged["3.T3"] == (None, None, None, None, None, "not_yet_mature")


def test_growth_compares_the_mean_of_a_window_with_that_of_the_window_before(
    judged: dict[str, tuple[Any, ...]],
) -> None:
    assert judged["1.T3"] == (JUNE_30, JULY_1, 2, 0.5, None, "met")


def test_a_value_on_a_strict_threshold_misses_it_and_on_an_inclusive_one_meets_it(
    judged: dict[str, tuple[Any, ...]],
) -> None:
    assert judged["2.T1"] == (JUNE_30, JULY_1, None, 1.8, None, "missed")
    assert judged["3.T2"] == (JUNE_30, JULY_1, None, 4.6, None, "met")


def test_nothing_to_judge_is_no_data(judged: dict[str, tuple[Any, ...]]) -> None:
    assert judged["2.T2"] == (None, None, None, None, None, "no_data")
    assert judged["3.T1"] == (JUNE_30, JULY_1, None, None, None, "no_data")


def test_a_lift_compares_only_those_who_are_in_both_groups_and_only_in_the_window(
    judged: dict[str, tuple[Any, ...]],
) -> None:
    # 45 dollars in an hour and a half against 40 in two hours.
    assert judged["2.T3"] == (JUNE_30, JULY_1, 20, 0.5, 10, "met")


def test_a_baseline_begins_at_the_launch_that_is_found(usual: str) -> None:
    # Nobody on the day before the launch, then 2, 4 and 2: a growth of 200 % if that day counted,
    # and three days since the launch for a comparison that takes four.
    quiet = VALUES.replace("null  null 2 ", "null  null 0 ", 1)
    assert judge(usual, quiet)["1.T3"] == (JUNE_30, JULY_1, 2, 0.5, None, "not_yet_mature")


def test_a_baseline_begins_at_the_launch_that_is_told(sql: Callable[..., str]) -> None:
    launched_on_june_29 = sql(**{"1.T1": "2026-05-01", "1.T3": "2026-06-29"})
    assert judge(launched_on_june_29)["1.T3"][-1] == "not_yet_mature"


def test_a_level_is_not_judged_on_days_before_the_launch(usual: str) -> None:
    # 9 of 20 would miss; on the one day since the launch it is 9 of 10.
    before = "carpool_request_success_rate 2026-06-30 all all matched_requests 0 10 0 true"
    success = judge(usual, f"\n{before}{VALUES}")["1.T2"]
    assert success == (JULY_1, JULY_1, None, 0.9, None, "not_yet_mature")


def test_what_is_to_stay_low_is_launched_before_it_first_happens(usual: str) -> None:
    # A day without a match, and two with matches and no cancellation.
    values = """
carpool_cancellation_rate     2026-06-29  all     all     value             0     0    null    true
carpool_cancellation_rate     2026-06-30  all     all     value             0     5    0       true
carpool_cancellation_rate     2026-07-01  all     all     value             0     9    0       true
"""
    assert judge(usual, values)["3.T3"] == (JUNE_30, JULY_1, None, 0, None, "met")
    unmatched = values.replace("0     5    0   ", "0     0    null")
    assert judge(usual, unmatched)["3.T3"][-1] == "not_yet_mature"


def test_a_lift_is_not_judged_on_days_before_there_were_two_groups(usual: str) -> None:
    rides = RIDES.replace("06-30  d1  carpool ", "07-01  d1  carpool ")
    rides = rides.replace("06-30  d2  carpool ", "07-01  d2  carpool ")
    assert judge(usual, rides=rides)["2.T3"][-1] == "not_yet_mature"
