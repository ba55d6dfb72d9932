"""What a target may ask for besides a plain level, on rows that can be worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import pytest
from scipy import stats
from statsmodels.stats import multitest, proportion, rates

from tests.python.builds import render

METRIC = {"scenario": "ride_sharing", "question": "q", "area": "a", "metric": "m"}
FIRST = date(2026, 1, 1)
RATE = 0.05
ROWS = {
    "rows": "fct_ride_sharing__rides",
    "day": "ride_date",
    "unit": "driver_id",
    "group": "ride_type",
    "treatment": "batched",
    "control": "single",
    "numerator": "minutes",
    "denominator": "1",
}
READOUT = {
    "readout": "cloud_storage__experiment_readout",
    "metric": "searches",
    "treatment": "new",
    "control": "old",
}
WITHIN = {"periods": 2, "within_months": 1}


def declared(**settings: Any) -> dict[str, Any]:
    """A target as a mart's YAML declares it: a share below 5 %, in two days."""
    return {
        "id": "t",
        "basis": "level",
        "statistic": "value",
        "operator": "<",
        "threshold": 0.05,
        "threshold_source": "assumed",
        "window": {"periods": 2},
        "severity": "warn",
        "owner": "o",
        "launched_on": str(FIRST),
    } | settings


TARGETS = {
    "wilson": declared(interval="wilson"),
    "wilson of successes": declared(interval="wilson", operator=">", threshold=0.96),
    "wilson between": declared(interval="wilson", operator="between", threshold=[0.02, 0.5]),
    "poisson": declared(interval="poisson", threshold=100),
    "scaled": declared(scaled=True, interval="poisson", operator=">=", threshold=1000),
    "within": declared(window=WITHIN, operator=">=", threshold=0.5),
    "within, of enough": declared(window=WITHIN, threshold=0.05, interval="wilson"),
    "within, weekly cohorts": declared(
        window={**WITHIN, "grain": "cohort"}, operator=">=", threshold=0.5
    ),
    "deadline": declared(window={"periods": 2, "deadline_months": 1}, operator=">="),
    "members": declared(
        interval="wilson",
        operator=">=",
        threshold=0.9,
        members={"dimension": "platform", "minimum_count": 100},
    ),
    "members, poisson": declared(
        interval="poisson", threshold=5, members={"dimension": "platform", "minimum_count": 1}
    ),
    "followed": declared(
        basis="growth", operator="<=", threshold=-0.05, follow="platform", window={"periods": 1}
    ),
    "apart": declared(
        basis="growth", operator=">=", threshold=0.05, window={"periods": 2, "apart": 7}
    ),
    "dual": declared(
        threshold=8,
        statistic="p90",
        members={"dimension": "platform", "minimum_count": 50},
        dual={"statistic": "value", "operator": ">=", "threshold": 0.9},
        window={"periods": 1},
    ),
    "diff": declared(basis="diff", threshold=5, compare=ROWS),
    "diff, significant": declared(basis="diff", threshold=5, compare=ROWS, significant=True),
    "lift with a deadline": declared(
        basis="lift", threshold=5, compare=ROWS, window={"periods": 2, "deadline_months": 1}
    ),
    "diff of members": declared(
        basis="diff",
        threshold=5,
        compare=ROWS,
        members={"dimension": ["city", "platform"], "minimum_count": 20},
    ),
    "lift of members": declared(
        basis="lift",
        operator=">=",
        threshold=-0.1,
        compare=ROWS,
        members={"dimension": "city", "minimum_count": 20},
    ),
    "exists": declared(
        basis="exists",
        operator=">=",
        threshold=1,
        compare={
            "metrics": ["m"],
            "statistics": ["value"],
            "rows": "fct_ride_sharing__rides",
            "day": "ride_date",
            "unit": "driver_id",
            "dimension": "platform",
            "minimum_count": 2,
        },
    ),
    "diff of a readout": declared(basis="diff", threshold=0, compare=READOUT, significant=True),
    "wilson, all of it": declared(interval="wilson", require="interval"),
    "poisson, all of it, at least": declared(
        interval="poisson", operator=">=", threshold=100, require="interval"
    ),
    "wilson between, all of it": declared(
        interval="wilson", operator="between", threshold=[0.02, 0.5], require="interval"
    ),
    "diff, all of it": declared(basis="diff", threshold=5, compare=ROWS, require="interval"),
    **{
        f"lift of a readout, all of it above {margin}": declared(
            basis="lift", operator=">", threshold=margin, compare=READOUT, require="interval"
        )
        for margin in (-0.25, -0.35)
    },
}
WRONG = {
    "apart is of basis growth only, and not for follow": declared(
        window={"periods": 2, "apart": 7}
    ),
    "apart is 7, so that the windows of 14 overlap": declared(
        basis="growth", window={"periods": 14, "apart": 7}
    ),
    "interval is of basis level only": declared(basis="growth", interval="wilson"),
    'interval is "normal", expected wilson or poisson': declared(interval="normal"),
    "interval needs a threshold above 0, at which events are expected": declared(
        interval="poisson", threshold=0
    ),
    "interval wilson is of a share, and needs a threshold below 1": declared(
        interval="wilson", threshold=5
    ),
    "scaled is for counts; a share of a sample is the share of all, so interval is not wilson": (
        declared(interval="wilson", scaled=True)
    ),
    "within_months is met as soon as reached and deadline_months on that day: not both": declared(
        window={"periods": 2, "within_months": 1, "deadline_months": 1}
    ),
    "require is not for within_months, which asks whether any window reaches it": declared(
        window=WITHIN, interval="wilson", require="interval"
    ),
    "within_months is of a level without compare": declared(
        window=WITHIN, compare={"statistic": "f1", "greater_than": ["f0"]}
    ),
    'require is "p_value", expected interval': declared(interval="wilson", require="p_value"),
    "require is of a level with an interval, or of a lift or diff": declared(require="interval"),
    "members is not {dimension: ..., minimum_count: a whole number}": declared(
        interval="wilson", members={"dimension": "platform"}
    ),
    "members is of a level with an interval or a dual, or of a lift or diff of rows": declared(
        members={"dimension": "platform", "minimum_count": 1}
    ),
    "dual is not {statistic: ..., operator: ..., threshold: ...}": declared(
        dual={"statistic": "value"}, members={"dimension": "platform", "minimum_count": 1}
    ),
    "dual is of members without an interval: the interval is of the dual": declared(
        dual={"statistic": "value", "operator": ">=", "threshold": 0.9}
    ),
    "follow is the name of a dimension, and of basis growth only": declared(follow="platform"),
    "members has a worst one, and between has no side that is worse": declared(
        interval="wilson",
        operator="between",
        threshold=[0.1, 0.2],
        members={"dimension": "platform", "minimum_count": 1},
    ),
    "require is not for members": declared(
        interval="poisson",
        require="interval",
        members={"dimension": "platform", "minimum_count": 1},
    ),
    "scaled is not for members": declared(
        interval="poisson", scaled=True, members={"dimension": "platform", "minimum_count": 1}
    ),
}

# Days from a Monday on, of which the last is open: the last of each grain that had so many days.
RIPE = """
    with horizon as (select date '2026-01-26' as first_day, date '2026-03-12' as last_day),
    dates as ({{{{ calendar_dates('horizon') }}}})
    select period_grain, min(period_start), max(period_start)
    from ({{{{ calendar_periods('dates', ['day', 'week', 'month'], {days}) }}}})
    where is_complete
    group by period_grain
"""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The query of each of TARGETS, the problems of each of WRONG, and RIPE; one run of dbt."""
    calls = [
        f"{{{{ target_row(full_target({target!r}, {METRIC!r}, 'mart'), 'metric_values') }}}}"
        for target in TARGETS.values()
    ]
    calls += [
        f"{{{{ check_target(full_target({target!r}, {METRIC!r}, 'mart')) | tojson }}}}"
        for target in WRONG.values()
    ]
    calls += [RIPE.format(days=days) for days in (7, 12)]
    variables = {"raw_path": "nowhere", "sampling_rates": {"ride_sharing": RATE}}
    between = "\n-- next\n"
    folder = tmp_path_factory.mktemp("rendered")
    return render(folder, between.join(calls), variables).split(between)


@pytest.fixture(scope="module")
def queries(rendered: list[str]) -> dict[str, str]:
    return dict(zip(TARGETS, rendered, strict=False))


Cell = tuple[str, int, float | None, float | None]
Ride = tuple[int, str, str, str, str, float]


def judge(
    query: str,
    cells: Sequence[Cell],
    rides: Sequence[Ride] | None = None,
    grain: str = "day",
    quantiles: Mapping[str, float | None] | None = None,
) -> dict[str, Any]:
    """The row of a target: `cells` are (member, periods since FIRST, numerator, denominator).

    `rides` are (days since FIRST, driver, group, city, platform, minutes), `quantiles` the P90 of
    members on FIRST.
    """
    step = timedelta(7 if grain == "cohort" else 1)
    with duckdb.connect() as connection:
        connection.execute(
            """
            attach ':memory:' as gsmt;
            use gsmt;
            create table metric_values (
                metric_id text default 'm', statistic text default 'value', period_grain text,
                dimension text, member text, period_start date, numerator double,
                denominator double, value double, is_complete boolean default true
            );
            create table fct_ride_sharing__rides (
                ride_date date, driver_id text, ride_type text, city text, platform text,
                minutes double
            );
            create table cloud_storage__experiment_readout as
            select
                date '2026-01-01' as started_on, date '2026-01-02' as observed_until, 2 as
                days_observed, true as is_final, 'searches' as metric, variant, estimate,
                -2e0 as difference, -3e0 as difference_low, -1e0 as difference_high,
                -0.2e0 as lift, -0.3e0 as lift_low, -0.1e0 as lift_high,
                0.01e0 as adjusted_p_value, variant = 'new' as is_better_beyond_chance
            from (values ('new', 8e0), ('old', 10e0)) as variants (variant, estimate)
            """
        )
        connection.executemany(
            "insert into metric_values by name select ? as period_grain, ? as dimension,"
            " ? as member, ?::date as period_start, ? as numerator, ? as denominator, ? as value",
            [
                (
                    grain,
                    "all" if member == "all" else "platform",
                    member,
                    FIRST + period * step,
                    top,
                    bottom,
                    top / bottom if bottom and top is not None else None,
                )
                for member, period, top, bottom in cells
            ],
        )
        for member, quantile in (quantiles or {}).items():
            connection.execute(
                "insert into metric_values values "
                "('m', 'p90', 'day', 'platform', ?, ?, null, null, ?, true)",
                [member, FIRST, quantile],
            )
        if rides:
            connection.executemany(
                "insert into fct_ride_sharing__rides values (?::date, ?, ?, ?, ?, ?)",
                [(FIRST + timedelta(days), *rest) for days, *rest in rides],
            )
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        [row] = found.fetchall()
    return dict(zip(names, row, strict=True))


def days(*parts: tuple[float, float]) -> list[Cell]:
    """Numerator and denominator of one day after the other, of all."""
    return [("all", day, *part) for day, part in enumerate(parts)]


def interval(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["interval_low"], row["interval_high"]


def test_growth_compares_with_a_window_that_ends_so_many_periods_earlier(
    queries: dict[str, str],
) -> None:
    # Two days of one, five that nobody asks for, two days of two.
    numbers = [1, 1, 100, 100, 100, 100, 100, 2, 2]
    cells: list[Cell] = [("all", day, number, 1) for day, number in enumerate(numbers)]
    judged = judge(queries["apart"], cells)
    assert (judged["baseline_value"], judged["observed"], judged["status"]) == (1, 1, "met")
    assert judge(queries["apart"], cells[1:])["status"] == "not_yet_mature"


def test_a_share_has_wilson_s_interval_and_no_data_until_five_events_are_expected(
    queries: dict[str, str],
) -> None:
    row = judge(queries["wilson"], days((9, 9), (1, 60), (3, 140)))
    assert (row["observed"], row["status"]) == (0.02, "met")
    assert interval(row) == pytest.approx(proportion.proportion_confint(4, 200, method="wilson"))
    assert judge(queries["wilson"], days((1, 60), (3, 40)))["status"] == "met"
    few = judge(queries["wilson"], days((1, 60), (3, 39)))
    assert (few["observed"], few["status"]) == (4 / 99, "no_data")
    none = judge(queries["wilson"], days((0, 0), (0, 0)))
    assert (none["observed"], *interval(none), none["status"]) == (None, None, None, "no_data")


def test_of_successes_failures_are_the_rare_events(queries: dict[str, str]) -> None:
    assert judge(queries["wilson of successes"], days((62, 62), (62, 62)))["status"] == "no_data"
    assert judge(queries["wilson of successes"], days((62, 62), (63, 63)))["status"] == "met"
    assert judge(queries["wilson between"], days((5, 100), (5, 149)))["status"] == "no_data"
    assert judge(queries["wilson between"], days((5, 100), (5, 150)))["status"] == "met"


def test_a_rate_of_rare_events_has_garwood_s_interval(queries: dict[str, str]) -> None:
    # 4 reports on 80,000 views, per million of which fewer than 100 are asked: 8 are expected.
    row = judge(queries["poisson"], days((1, 0.03), (3, 0.05)))
    assert (row["observed"], row["status"]) == (pytest.approx(50), "met")
    garwood = np.array(rates.confint_poisson(4, 0.08, method="exact-c"))
    assert interval(row) == pytest.approx(garwood, rel=1e-10)
    # Nothing came, and nothing could be said: at most 3.7 / 49,000.
    assert judge(queries["poisson"], days((0, 0.02), (0, 0.029)))["status"] == "no_data"
    none = judge(queries["poisson"], days((0, 0.02), (0, 0.031)))
    assert interval(none) == (0, pytest.approx(stats.chi2.ppf(0.975, 2) / 2 / 0.051))
    assert none["status"] == "met"


def test_a_statistic_without_parts_has_no_interval(queries: dict[str, str]) -> None:
    row = judge(queries["wilson"], [("all", 0, None, None), ("all", 1, None, None)])
    assert (interval(row), row["status"]) == ((None, None), "no_data")


def test_a_count_of_a_sample_is_scaled_to_all_with_its_interval(queries: dict[str, str]) -> None:
    # 110 of a twentieth in two days are 1,100 a day; what is expected is counted in the sample.
    row = judge(queries["scaled"], days((9, 1), (50, 1), (60, 1)))
    assert (row["observed"], row["status"]) == (1100, "met")
    garwood = np.array(rates.confint_poisson(110, 2, method="exact-c")) / RATE
    assert interval(row) == pytest.approx(garwood, rel=1e-10)
    assert judge(queries["scaled"], days((49, 1), (50, 1)))["status"] == "missed"


def test_the_largest_of_the_window_before_is_followed_and_not_the_largest_of_now(
    queries: dict[str, str],
) -> None:
    """The largest falls by half, another rises beyond it: followed, not chosen anew."""
    cells: list[Cell] = [
        ("ios", 0, 20, 100),
        ("web", 0, 12, 100),
        ("ios", 1, 10, 100),
        ("web", 1, 18, 100),
    ]
    row = judge(queries["followed"], cells)
    assert (row["worst_member"], row["baseline_value"], row["status"]) == ("ios", 0.2, "met")
    assert row["observed"] == pytest.approx(-0.5)
    # What rises most was not the largest; nor does its fall count.
    fallen = judge(queries["followed"], [*cells[:2], ("ios", 1, 20, 100), ("web", 1, 1, 100)])
    assert (fallen["worst_member"], fallen["observed"], fallen["status"]) == ("ios", 0, "missed")
    # A member that is gone in the window has a denominator still, and a new one no baseline.
    gone = judge(queries["followed"], [("ios", 0, 2, 9), ("ios", 1, 0, 9), ("new", 1, 9, 9)])
    assert (gone["worst_member"], gone["observed"]) == ("ios", -1)
    assert judge(queries["followed"], cells[:2])["status"] == "not_yet_mature"


def test_a_quantile_of_many_cells_is_judged_by_its_dual(queries: dict[str, str]) -> None:
    cells: list[Cell] = [("ios", 0, 97, 100), ("android", 0, 70, 100), ("web", 0, 10, 49)]
    slow = judge(queries["dual"], cells, quantiles={"ios": 4, "android": 12, "web": 90})
    assert (slow["worst_member"], slow["observed"], slow["status"]) == ("android", 12, "missed")
    # A P90 among the failures is no number, and is missed all the same.
    never = judge(queries["dual"], cells, quantiles={"ios": 4, "android": None, "web": 90})
    assert (never["worst_member"], never["observed"], never["status"]) == (
        "android",
        None,
        "missed",
    )
    # Worse than the threshold, but not beyond chance; and 49 are too few to say anything.
    cells[1] = ("android", 0, 86, 100)
    luck = judge(queries["dual"], cells, quantiles={"ios": 4, "android": 9, "web": 90})
    assert (luck["worst_member"], luck["observed"], luck["status"]) == ("android", 9, "met")
    few = judge(queries["dual"], cells[2:], quantiles={"web": 90})
    assert (few["observed"], few["status"]) == (None, "no_data")


def test_what_is_to_be_reached_is_met_as_soon_as_a_window_reaches_it(
    queries: dict[str, str],
) -> None:
    query = queries["within"]
    # One good day is not a good window.
    early = judge(query, days((0, 10), (7, 10), (2, 10)))
    assert (early["observed"], early["status"]) == (0.45, "not_yet_mature")
    reached = days((0, 10), (7, 10), (4, 10))
    row = judge(query, reached)
    assert (row["window_start"], row["window_end"]) == (date(2026, 1, 2), date(2026, 1, 3))
    assert (row["observed"], row["status"]) == (pytest.approx(0.55), "met")
    # It stays reached, whatever comes.
    assert judge(query, reached + [("all", day, 0, 10) for day in range(3, 90)]) == row


def test_what_is_to_be_reached_is_missed_only_after_its_time(queries: dict[str, str]) -> None:
    low = [("all", day, 1.0, 10.0) for day in range(31)]
    assert judge(queries["within"], low[:30])["status"] == "not_yet_mature"
    assert judge(queries["within"], low)["status"] == "missed"
    # Reached on the first of February is a day late.
    late = judge(queries["within"], [*low, ("all", 31, 10, 10), ("all", 32, 10, 10)])
    assert (late["window_end"], late["status"]) == (date(2026, 1, 31), "missed")
    last = [*low[:29], ("all", 29, 5, 10), ("all", 30, 5, 10)]
    assert judge(queries["within"], last)["status"] == "met"
    assert judge(queries["within"], low[:1])["status"] == "not_yet_mature"


def test_a_window_in_which_too_little_is_expected_reaches_nothing(queries: dict[str, str]) -> None:
    few = days((0, 40), (0, 40))
    assert judge(queries["within, of enough"], few)["status"] == "not_yet_mature"
    assert judge(queries["within, of enough"], [*few, ("all", 2, 1, 60)])["status"] == "met"


def test_of_weekly_cohorts_the_last_that_ends_in_time_counts(queries: dict[str, str]) -> None:
    query = queries["within, weekly cohorts"]
    # The fourth week of January ends on the 28th, the fifth in February.
    low: list[Cell] = [("all", week, 1, 10) for week in range(3)]
    assert judge(query, low, grain="cohort")["status"] == "not_yet_mature"
    assert judge(query, [*low, ("all", 3, 1, 10)], grain="cohort")["status"] == "missed"
    late: list[Cell] = [("all", 3, 1, 10), ("all", 4, 10, 10)]
    assert judge(query, [*low, *late], grain="cohort")["status"] == "missed"


def test_a_baseline_exists_for_all_and_on_each_platform_with_enough_units(
    queries: dict[str, str],
) -> None:
    whole = [(member, day, 1, 1) for member in ("all", "ios") for day in range(2)]
    drivers: list[Ride] = [(1, driver, "single", "Lisbon", "ios", 5) for driver in ("d1", "d2")]
    row = judge(queries["exists"], whole, drivers)
    assert (row["observed"], row["worst_member"], row["status"]) == (1, None, "met")
    # One driver on the web is no group; two on a day are, and the web has no number on that day.
    alone: Ride = (0, "d3", "single", "Lisbon", "web", 5)
    # Nor are two who come one after the other.
    apart: Ride = (1, "d4", "single", "Lisbon", "web", 5)
    assert judge(queries["exists"], whole, [*drivers, alone, apart])["status"] == "met"
    on_web: list[Ride] = [alone, (0, "d4", "single", "Lisbon", "web", 5)]
    row = judge(queries["exists"], whole, drivers + on_web)
    assert (row["observed"], row["worst_member"]) == (pytest.approx(3 / 4), "web")
    assert row["status"] == "missed"
    # Before the window, and after it, nobody is looked for.
    elsewhere: list[Ride] = [
        (day, driver, "single", "Lisbon", "web", 5) for day in (-1, 2) for driver in ("d3", "d4")
    ]
    assert judge(queries["exists"], whole, drivers + elsewhere)["status"] == "met"
    # A day without a number is missed whoever was there.
    row = judge(queries["exists"], [*whole[:1], ("all", 1, 0, 0), *whole[2:]], drivers)
    assert (row["observed"], row["worst_member"]) == (pytest.approx(2 / 3), "all")
    assert row["status"] == "missed"
    assert judge(queries["exists"], whole[:1], drivers)["status"] == "not_yet_mature"


def test_a_deadline_is_judged_on_its_day_in_levels_and_comparisons(
    queries: dict[str, str],
) -> None:
    high: list[Cell] = [("all", day, 10, 10) for day in range(31)]
    assert judge(queries["deadline"], high[:30])["status"] == "not_yet_mature"
    assert judge(queries["deadline"], high)["status"] == "met"
    rides: list[Ride] = [
        (day, f"{group} {driver}", group, "Porto", "ios", 10.0 + driver + day % 3)
        for day in range(31)
        for group in ("batched", "single")
        for driver in range(3)
    ]
    query = queries["lift with a deadline"]
    assert judge(query, high[:30], rides)["status"] == "not_yet_mature"
    assert judge(query, high, rides)["status"] == "met"


def cells_of(*shares: tuple[str, float, float]) -> list[Cell]:
    """Successes and attempts of members, on two days."""
    return [(name, day, top / 2, bottom / 2) for name, top, bottom in shares for day in (0, 1)]


def exact(count: float, expected: float) -> float:
    """The two-sided p-value of statsmodels' exact test."""
    return float(rates.test_poisson(count, 1, value=expected, method="exact-c").pvalue)


def test_of_many_cells_the_worst_with_enough_rows_is_observed(queries: dict[str, str]) -> None:
    shares = [("ios", 180, 200), ("web", 164, 200), ("tv", 0, 98), ("android", 190, 200)]
    row = judge(queries["members"], cells_of(*shares))
    assert (row["worst_member"], row["observed"], row["status"]) == ("web", 0.82, "missed")
    assert interval(row) == pytest.approx(proportion.proportion_confint(164, 200, method="wilson"))
    # Failures are the rarer of the two: 20 are expected.
    p_values = [exact(count - hits, 20) for name, hits, count in shares if name != "tv"]
    holm = multitest.multipletests(p_values, method="holm")[1]
    assert row["p_value"] == pytest.approx(holm[1], rel=1e-6)
    assert row["p_value"] < 0.05


def test_a_worst_cell_that_may_be_luck_does_not_miss(queries: dict[str, str]) -> None:
    # 32 failures where 20 are expected would be too many for one cell, and are not for one of four.
    shares = [("ios", 180, 200), ("web", 168, 200), ("tv", 190, 200), ("android", 190, 200)]
    row = judge(queries["members"], cells_of(*shares))
    assert exact(32, 20) < 0.05 < row["p_value"]
    assert (row["worst_member"], row["observed"], row["status"]) == ("web", 0.84, "met")
    alone = judge(queries["members"], cells_of(shares[1]))
    assert (alone["worst_member"], alone["status"]) == ("web", "missed")


def test_a_small_cell_with_a_wild_value_does_not_hide_a_large_one_that_misses(
    queries: dict[str, str],
) -> None:
    row = judge(queries["members"], cells_of(("small", 85, 100), ("large", 8600, 10000)))
    assert (row["worst_member"], row["status"]) == ("large", "missed")


def test_without_a_cell_of_enough_rows_there_is_no_data(queries: dict[str, str]) -> None:
    row = judge(queries["members"], cells_of(("ios", 0, 98)))
    assert (row["worst_member"], row["observed"], row["status"]) == (None, None, "no_data")
    # Enough rows, and fewer than five failures expected, is not enough either.
    rare = judge(queries["members, poisson"], cells_of(("ios", 9, 0.9)))
    assert (rare["worst_member"], rare["status"]) == (None, "no_data")
    early = judge(queries["members"], [("ios", 0, 10, 400)])
    assert early["status"] == "not_yet_mature"


def test_of_rates_too_many_events_in_a_cell_miss(queries: dict[str, str]) -> None:
    shares = [("ios", 12, 2), ("web", 30, 2), ("tv", 10, 2)]
    row = judge(queries["members, poisson"], cells_of(*shares))
    p_values = [exact(hits, 5 * count) for _, hits, count in shares]
    holm = multitest.multipletests(p_values, method="holm")[1]
    assert (row["worst_member"], row["observed"], row["status"]) == ("web", 15, "missed")
    assert row["p_value"] == pytest.approx(holm[1], rel=1e-6)


def rides_of(seed: int, cells: Mapping[tuple[str, str], float], drivers: int = 30) -> list[Ride]:
    """Minutes of drivers alone and in batches; a cell says how much longer these take."""
    random = np.random.default_rng(seed)
    return [
        (day, f"{city} {platform} {driver}", group, city, platform, float(minutes))
        for (city, platform), longer in cells.items()
        for driver in range(drivers)
        for group, mean in (("batched", 20 + longer), ("single", 20.0))
        for day, minutes in zip((0, 1, 2), random.normal(mean, 2, 3), strict=True)
        if driver % 2 == (group == "single") or driver % 5 == 0
    ]


def unit_means(rides: list[Ride], group: str) -> dict[str, list[float]]:
    """The minutes of each driver in a group, on the last two of three days."""
    found: dict[str, list[float]] = {}
    for day, driver, of, *_, minutes in rides:
        if of == group and day > 0:
            found.setdefault(driver, []).append(minutes)
    return found


def test_a_difference_is_in_the_metric_s_unit_and_judged_at_the_unit(
    queries: dict[str, str],
) -> None:
    rides = [ride for ride in rides_of(1, {("Porto", "ios"): 3}) if int(ride[1].split()[-1]) % 5]
    row = judge(queries["diff"], days((1, 1), (1, 1), (1, 1)), rides)
    # Each driver is in one group and has two rides in the window: Welch's test of their means.
    batched, single = (
        [np.mean(minutes) for minutes in unit_means(rides, group).values()]
        for group in ("batched", "single")
    )
    oracle = stats.ttest_ind(batched, single, equal_var=False)
    wanted = oracle.confidence_interval()
    assert row["observed"] == row["difference"] == pytest.approx(np.mean(batched) - np.mean(single))
    assert row["baseline_value"] == pytest.approx(np.mean(single))
    assert interval(row) == pytest.approx((wanted.low, wanted.high), rel=1e-8)
    assert row["p_value"] == pytest.approx(oracle.pvalue, rel=1e-6)
    assert (row["window_start"], row["status"]) == (date(2026, 1, 2), "met")
    same = [ride for ride in rides_of(2, {("Porto", "ios"): 0})]
    significant = judge(queries["diff, significant"], days((1, 1), (1, 1), (1, 1)), same)
    assert significant["interval_low"] < 0 < significant["interval_high"]
    assert significant["status"] == "missed"


def test_a_comparison_over_many_cells_names_the_worst(queries: dict[str, str]) -> None:
    cells = {("Porto", "ios"): 3.0, ("Porto", "web"): 8.0, ("Lisbon", "ios"): 4.0}
    rides = rides_of(3, cells) + rides_of(4, {("Faro", "ios"): 30}, drivers=8)
    window = days((1, 1), (1, 1), (1, 1))
    row = judge(queries["diff of members"], window, rides)
    assert (row["worst_member"], row["status"]) == ("Porto / web", "missed")
    own = [ride for ride in rides if ride[3:5] == ("Porto", "web")]
    alone = judge(queries["diff"], window, own)
    same = ("baseline_value", "observed", "difference", "interval_low", "interval_high")
    assert {name: row[name] for name in same} == pytest.approx(
        {name: alone[name] for name in same}, rel=1e-12
    )
    near = judge(queries["diff of members"], window, rides_of(5, dict.fromkeys(cells, 5.0)))
    assert near["p_value"] > 0.05
    assert near["status"] == "met"
    lift = judge(queries["lift of members"], window, rides_of(6, {**cells, ("Faro", "ios"): -8}))
    assert (lift["worst_member"], lift["status"]) == ("Faro", "missed")
    assert lift["observed"] == pytest.approx(-0.4, abs=0.1)


def test_a_difference_of_a_readout_is_judged_by_its_verdict(queries: dict[str, str]) -> None:
    row = judge(queries["diff of a readout"], days((1, 1)))
    assert (row["observed"], *interval(row), row["p_value"]) == (-2, -3, -1, 0.01)
    assert (row["baseline_value"], row["status"]) == (10, "met")


def test_where_the_interval_is_required_its_worse_end_is_judged(queries: dict[str, str]) -> None:
    window = days((0, 100), (5, 100))
    share = judge(queries["wilson, all of it"], window)
    assert share["observed"] < 0.05 < share["interval_high"]
    assert (share["status"], judge(queries["wilson"], window)["status"]) == ("missed", "met")
    surely = judge(queries["wilson, all of it"], days((0, 1000), (5, 1000)))
    assert (surely["interval_high"] < 0.05, surely["status"]) == (True, "met")
    rate = judge(queries["poisson, all of it, at least"], days((10, 0.1), (12, 0.1)))
    assert rate["interval_low"] < 100 < rate["observed"]
    assert rate["status"] == "missed"
    assert judge(queries["poisson, all of it, at least"], days((20, 0.1), (20, 0.1)))["status"] == (
        "met"
    )
    # Of two thresholds both ends lie between them, and neither does alone.
    for hits, status in (((4, 6), "missed"), ((100, 110), "missed"), ((20, 30), "met")):
        two = [(hit, 150 if hit < 100 else 220) for hit in hits]
        row = judge(queries["wilson between, all of it"], days(*two))
        assert (0.02 < row["observed"] < 0.5, row["status"]) == (True, status)


def test_no_worse_is_shown_by_the_interval_and_not_by_the_lack_of_a_difference(
    queries: dict[str, str],
) -> None:
    window = days((1, 1), (1, 1), (1, 1))
    few = rides_of(9, {("Porto", "ios"): 3}, drivers=4)
    row = judge(queries["diff, all of it"], window, few)
    assert row["observed"] < 5 < row["interval_high"]
    assert row["status"] == "missed"
    many = judge(queries["diff, all of it"], window, rides_of(9, {("Porto", "ios"): 3}))
    assert (many["interval_high"] < 5, many["status"]) == (True, "met")
    alone = judge(queries["diff, all of it"], window, [ride for ride in few if ride[1][-1] == "0"])
    assert (alone["observed"] < 5, *interval(alone)) == (True, None, None)
    assert alone["status"] == "no_data"
    # The readout's lift lies between -0.3 and -0.1.
    for margin, status in ((-0.25, "missed"), (-0.35, "met")):
        query = queries[f"lift of a readout, all of it above {margin}"]
        assert judge(query, days((1, 1)))["status"] == status


def test_a_wrong_declaration_names_the_setting_and_the_rule(rendered: list[str]) -> None:
    found = [json.loads(text) for text in rendered[len(TARGETS) : -2]]
    assert found == [[problem] for problem in WRONG]


def test_a_period_is_complete_once_its_last_day_had_the_days_it_takes(rendered: list[str]) -> None:
    def complete(query: str) -> dict[str, tuple[date, date]]:
        with duckdb.connect() as connection:
            return {grain: tuple(ends) for grain, *ends in connection.execute(query).fetchall()}

    # The 11th of March is the last whole day: a week of it lets the 4th count and not the 5th.
    first, february = date(2026, 1, 26), date(2026, 2, 1)
    assert complete(rendered[-2]) == {
        "day": (first, date(2026, 3, 4)),
        "week": (first, date(2026, 2, 23)),
        "month": (february, february),
    }
    # February would need all of the 12th.
    assert complete(rendered[-1]) == {
        "day": (first, date(2026, 2, 27)),
        "week": (first, date(2026, 2, 16)),
    }
