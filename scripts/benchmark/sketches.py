"""Sketches in the place of exact distinct counts and percentiles: their errors and their time."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import duckdb

from scripts.benchmark.dbt import engine_settings
from scripts.benchmark.record import Say
from scripts.benchmark.sizes import spread

SLICES = ("city", "platform", "rider_tenure", "time_of_day")
# Of fewer rows a relative error says little, and nobody needs a sketch.
LEAST_ROWS = 1_000
# (name, table, period, exact, sketch)
MEASURED = (
    (
        "daily riders",
        "fct_ride_sharing__rider_days",
        "ride_date",
        "count(distinct rider_id)",
        "approx_count_distinct(rider_id)",
    ),
    (
        "monthly riders",
        "fct_ride_sharing__rider_days",
        "date_trunc('month', ride_date)",
        "count(distinct rider_id)",
        "approx_count_distinct(rider_id)",
    ),
    (
        "P50 of detour, by month",
        "fct_ride_sharing__legs",
        "date_trunc('month', ride_date)",
        "quantile_cont(detour_seconds, 0.5)",
        "approx_quantile(detour_seconds, 0.5)",
    ),
    (
        "P95 of detour, by month",
        "fct_ride_sharing__legs",
        "date_trunc('month', ride_date)",
        "quantile_cont(detour_seconds, 0.95)",
        "approx_quantile(detour_seconds, 0.95)",
    ),
)


def measure_sketches(database: Path, runs: int, say: Say) -> dict[str, Any]:
    """Compare sketches with exact figures for every period, in the whole and in each slice.

    Exact and approximate queries take turns. Relative errors are of periods and members with at
    least 1,000 rows.
    """
    figures = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for name, value in engine_settings().items():
            connection.execute(f"set {name} = '{value}'")
        for name, table, period, exact, sketch in MEASURED:
            seconds: dict[str, list[float]] = {exact: [], sketch: []}
            for _ in range(runs):
                for expression, taken in seconds.items():
                    query = _query(table, period, f"{expression} as figure")
                    began = time.perf_counter()
                    connection.execute(query).fetchall()
                    taken.append(time.perf_counter() - began)
            found = _errors(connection, table, period, exact, sketch)
            figures[name] = {
                **found,
                "exact_seconds": seconds[exact],
                "sketch_seconds": seconds[sketch],
            }
            say(
                f"{name}: sketch {spread(seconds[sketch]).median:.2f} s, exact "
                f"{spread(seconds[exact]).median:.2f} s; error {found['median_error']:.2%} in the "
                f"middle, {found['largest_error']:.2%} at most"
            )
        merged = _merge(connection)
    say(
        f"days merged into months: equal to the sketch of the month in {merged['equal']} of"
        f" {merged['months']} months"
    )
    return {"figures": figures, "merged": merged}


def _query(table: str, period: str, figures: str) -> str:
    sets = ", ".join(["(period)"] + [f"(period, {name})" for name in SLICES])
    columns = ", ".join(SLICES)
    return (
        f"select period, {columns}, count(*) as number, {figures}"
        f" from (select *, {period} as period from {table}) as facts"
        f" group by grouping sets ({sets})"
    )


def _errors(
    connection: duckdb.DuckDBPyConnection, table: str, period: str, exact: str, sketch: str
) -> dict[str, Any]:
    row = connection.execute(
        f"""
        select
            count(*), median(error), quantile_cont(error, 0.95), max(error)
        from (
            select abs(sketch - exact) / nullif(exact, 0) as error
            from ({_query(table, period, f"{exact} as exact, {sketch} as sketch")}) as both_figures
            where number >= {LEAST_ROWS}
        ) as errors
        """
    ).fetchone()
    assert row is not None
    names = ("compared", "median_error", "p95_error", "largest_error")
    return dict(zip(names, row, strict=True))


def _merge(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Whether the sketches of the days of a month, merged, are the sketch of the month."""
    row = connection.execute(
        """
        with days as (
            select
                date_trunc('month', ride_date) as month,
                ride_date,
                approx_count_distinct(rider_id) export_state as sketch
            from fct_ride_sharing__rider_days
            group by all
        ),
        merged as (
            select
                month,
                finalize(list_reduce(list(sketch), lambda one, other: combine(one, other)))
                    as riders
            from days
            group by month
        ),
        months as (
            select
                date_trunc('month', ride_date) as month,
                approx_count_distinct(rider_id) as riders
            from fct_ride_sharing__rider_days
            group by all
        )
        select count(*), count(*) filter (where merged.riders = months.riders)
        from merged
        inner join months using (month)
        """
    ).fetchone()
    assert row is not None
    return {"months": int(row[0]), "equal": int(row[1])}
