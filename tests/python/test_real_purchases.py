"""Stickiness of CDNOW's customers: published counts, growth and cohorts worked out in Polars."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import yaml

from scripts.manifest import PROJECT
from tests.python.builds import Build, run_dbt

PURCHASES = PROJECT.parent / "shared/data/cdnow_purchases.txt.gz"
RECIPE = PROJECT / "docs/recipes/cdnow_purchases.yml"

pytestmark = pytest.mark.skipif(
    not PURCHASES.exists(),
    reason=f"the published purchases, {PURCHASES}, are not beside this checkout",
)


@pytest.fixture(scope="module")
def purchases() -> pl.DataFrame:
    """The published purchases: customer and day."""
    with gzip.open(PURCHASES, "rt", encoding="utf-8") as file:
        rows = [line.split() for line in file]
    rows = [row for row in rows if row and row[0].isdigit()]
    return pl.DataFrame(
        {
            "customer": [row[0] for row in rows],
            "day": [date(int(row[1][:4]), int(row[1][4:6]), int(row[1][6:])) for row in rows],
        }
    )


@pytest.fixture(scope="module")
def real(purchases: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The scenario built from them, as the recipe says."""
    folder: Path = tmp_path_factory.mktemp("cdnow")
    (folder / "my_events").mkdir()
    table = purchases.with_row_index("purchase", offset=1)
    table.with_columns(pl.col("day").dt.strftime("%Y%m%d")).write_csv(
        folder / "my_events/purchases.csv"
    )
    variables = yaml.safe_load(RECIPE.read_text(encoding="utf-8"))
    variables["raw_path"] = str(folder / "my_events")
    build = run_dbt(
        folder,
        *("build", "--select", "stickiness", "--exclude-resource-type", "unit_test"),
        variables=variables,
        scenario="stickiness",
    )
    failed = {name for name, outcome in build.outcomes().items() if outcome in ("fail", "error")}
    assert failed == set(), build.output
    return build


def test_purchases_and_customers_are_the_published_ones(
    real: Build, purchases: pl.DataFrame
) -> None:
    assert real.query("select count(*), sum(active_events) from fct_stickiness__user_days") == [
        (purchases.unique().height, 69_659)
    ]
    assert real.query("select count(*) from dim_stickiness__users") == [(23_570,)]
    assert real.query("select count(*) from stickiness__quarantine") == [(0,)]
    assert real.query("select count(*) from fct_stickiness__automated_days") == [(0,)]


ACCOUNTS = ("active", "new_users", "retained", "resurrected", "churned")


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("1997-04-01", (2_822, 0, 1_773, 1_049, 7_751)),
        ("1998-03-01", (2_060, 0, 571, 1_489, 980)),
    ],
)
def test_growth_of_a_month_is_as_published(
    real: Build, month: str, expected: tuple[int, ...]
) -> None:
    found = dict(
        real.query(
            f"""
            select statistic, value from mart_rolling_window_retention
            where period_grain = 'month' and period_start = '{month}' and dimension = 'all'
            """
        )
    )
    assert tuple(found[name] for name in ACCOUNTS) == expected
    assert found["quick_ratio"] == pytest.approx((expected[1] + expected[3]) / expected[4])


def test_growth_of_every_week_is_that_of_polars(real: Build, purchases: pl.DataFrame) -> None:
    weeks = purchases.with_columns(pl.col("day").dt.truncate("1w")).unique()
    users = {
        week: set(rows["customer"])
        for (week,), rows in weeks.group_by(["day"], maintain_order=False)
    }
    seen: set[str] = set()
    before: set[str] = set()
    expected = []
    for week in pl.date_range(min(users), max(users), "1w", eager=True):
        now = users.get(week, set())
        counts = (
            len(now),
            len(now - seen),
            len(now & before),
            len((now & seen) - before),
            len(before - now),
        )
        expected.append((week, *counts))
        seen |= now
        before = now
    columns = ", ".join(f"max(case when statistic = '{name}' then value end)" for name in ACCOUNTS)
    assert (
        real.query(
            f"""
            select period_start, {columns} from mart_rolling_window_retention
            where period_grain = 'week' and dimension = 'all' group by 1 order by 1
            """
        )
        == expected
    )


def test_cohorts_are_those_of_polars(real: Build, purchases: pl.DataFrame) -> None:
    """The triangle by the week, and who buys again on day 30 or in the days around it."""
    customers = purchases.with_columns(first=pl.col("day").min().over("customer"))
    weeks = customers.select(
        "customer",
        cohort=pl.col("first").dt.truncate("1w"),
        since=(pl.col("day").dt.truncate("1w") - pl.col("first").dt.truncate("1w")).dt.total_days()
        // 7,
    ).unique()
    triangle = weeks.group_by("cohort", "since").len().sort("cohort", "since").rows()
    # The first week began before the log, and the last one is open.
    whole = [
        row
        for row in triangle
        if date(1997, 1, 1) <= row[0] + timedelta(weeks=row[1]) < date(1998, 6, 29)
    ]
    found = real.query(
        """
        select cohort_week, weeks_since_signup, sum(active_users)
        from fct_stickiness__cohort_weeks where active_users > 0 group by all order by 1, 2
        """
    )
    assert found == whole
    days = customers.select(
        "customer",
        cohort=pl.col("first").dt.truncate("1w"),
        since=(pl.col("day") - pl.col("first")).dt.total_days(),
    )
    sizes = dict(days.group_by("cohort").agg(pl.col("customer").n_unique()).rows())
    for statistic, low, high in (("d30", 30, 30), ("d30_around", 27, 33), ("d7", 7, 7)):
        back = dict(
            days.filter(pl.col("since").is_between(low, high))
            .group_by("cohort")
            .agg(pl.col("customer").n_unique())
            .rows()
        )
        found = real.query(
            f"""
            select period_start, numerator, denominator from mart_day_n_retention
            where statistic = '{statistic}' and dimension = 'all' and denominator > 0 order by 1
            """
        )
        assert found == [
            (cohort, back.get(cohort, 0), size) for cohort, size in sorted(sizes.items())
        ]


def test_closed_intervals_leave_out_those_who_never_return(real: Build) -> None:
    """Within 28 days most have not bought again, which the mean of closed intervals hides."""
    rows = real.query(
        """
        select max(case when statistic = 'value' then value end),
            max(case when statistic = 'km_mean' then value end),
            max(case when statistic = 'km_median' then value end)
        from mart_inter_session_interval where dimension = 'all' and is_complete
        group by period_start
        """
    )
    assert len(rows) == 17
    for closed, restricted, median in rows:
        assert closed < restricted
        assert median is None


def test_what_the_list_does_not_tell_is_no_data_and_not_zero(real: Build) -> None:
    marts = [metric.name for metric in real.manifest().metrics() if metric.scenario == "stickiness"]
    empty = {mart for mart in marts if real.query(f"select count(*) from mart_{mart}") == [(0,)]}
    assert empty == {
        "content_views_per_user",
        "creating_user_share",
        "features_used_per_user",
        "session_frequency_per_user",
        "social_user_share",
    }
