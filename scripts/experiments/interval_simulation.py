"""Simulated targets: how often an interval holds the truth, and how often luck alone misses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from scripts.experiments.queries import compile_queries, register
from scripts.experiments.shapes import SUMS
from scripts.experiments.simulation import Verdict, bounds

# True share or rate, and of how many: five events expected, from which on is judged, and more.
RATES = [(0.02, 250), (0.02, 800), (0.2, 300), (0.5, 100)]
UNITS = 40
DAY = date(2026, 1, 1)
# The cells of a target, of which each has a rate, or a difference, on the threshold.
CELLS = [f"cell {number}" for number in range(12)]
METRIC = {"scenario": "ride_sharing", "question": "q", "area": "a", "metric": "m"}
MEMBERS = {"dimension": "city", "minimum_count": 1}
PLAIN = {
    "id": "t",
    "basis": "level",
    "statistic": "value",
    "operator": "<",
    "threshold": 0.05,
    "threshold_source": "assumed",
    "window": {"periods": 1},
    "severity": "warn",
    "owner": "o",
    "launched_on": "2026-01-01",
    "members": MEMBERS,
}
ROWS = {
    "rows": "fct_ride_sharing__rides",
    "day": "ride_date",
    "unit": "driver_id",
    "group": "ride_type",
    "treatment": "carpool",
    "control": "standard",
    "numerator": "minutes",
    "denominator": "1",
}
TARGETS: dict[str, dict[str, Any]] = {
    "worst of 12 shares": PLAIN | {"interval": "wilson"},
    "worst of 12 rates": PLAIN | {"interval": "poisson"},
    "worst of 12 differences": PLAIN | {"basis": "diff", "threshold": 2, "compare": ROWS},
    "worst of 12 lifts": PLAIN | {"basis": "lift", "threshold": 0.1, "compare": ROWS},
}
OWN_VALUES, OWN_RIDES = (
    f"(select * from {relation} where {relation}.target = targets.target)"
    for relation in ("all_values", "all_rides")
)
QUERIES = {
    "wilson": """select
        {{ wilson_bound('share', 'count', 'low') }} as interval_low,
        {{ wilson_bound('share', 'count', 'high') }} as interval_high
        from points""",
    "poisson": """select
        {{ poisson_bound('events', 'low') }} / count as interval_low,
        {{ poisson_bound('events', 'high') }} / count as interval_high
        from points""",
    "difference": """with {{ ratio_comparison('units', 'difference', ['target']) }}
        select interval_low, interval_high from ratio_comparison""",
    "rides": "{{ relation_of('fct_ride_sharing__rides') }}",
} | {
    name: f"""select found.* from targets cross join lateral (
        {{{{ observe(full_target({target}, {METRIC}, 'mart'), '{OWN_VALUES}') }}}}
    ) as found"""
    for name, target in TARGETS.items()
}


def simulate(targets: int, seed: int) -> list[Verdict]:
    """The share of so many targets whose interval holds the truth, and of many cells that miss.

    A Poisson interval is exact, so it holds the truth in 95 % of all cases or in more.
    """
    texts = dict(zip(QUERIES, compile_queries(QUERIES.values()), strict=True))
    random = np.random.default_rng(seed)
    low, high = bounds("coverage", targets)
    missed = (0.0, 0.025 + 3 * float(np.sqrt(0.025 * 0.975 / targets)))
    verdicts = []
    for name, truth, frame in _intervals(targets, random):
        method = name.split(",")[0]
        with duckdb.connect() as connection:
            register(connection, "units" if method == "difference" else "points", frame)
            found = connection.execute(texts[method]).df()
        holds = (found["interval_low"] <= truth) & (truth <= found["interval_high"])
        most = 1.0 if method == "poisson" else high
        verdicts.append(Verdict(f"{name} holds the truth", float(holds.mean()), low, most))
    for name in TARGETS:
        # A target reads one table of rides; here each reads its own.
        query = texts[name].replace(texts["rides"], OWN_RIDES)
        rate = _missed_by_luck(query, targets, random)
        verdicts.append(Verdict(f"{name} misses by luck", rate, *missed))
    return verdicts


def _intervals(
    targets: int, random: np.random.Generator
) -> Iterator[tuple[str, float, pd.DataFrame]]:
    for truth, count in RATES:
        hits = random.binomial(count, truth, targets)
        points = pd.DataFrame({"share": hits / count, "count": float(count)})
        yield f"wilson, {truth:.0%} of {count}", truth, points
        events = random.poisson(truth * count, targets).astype(float)
        points = pd.DataFrame({"events": events, "count": float(count)})
        yield f"poisson, {truth * count:g} events", truth, points
    for groups in ("both groups", "one group"):
        frame = _units(targets, random, in_both_groups=groups == "both groups")
        yield f"difference, units in {groups}", 2.0, frame


def _units(targets: int, random: np.random.Generator, in_both_groups: bool) -> pd.DataFrame:
    """Minutes and rides of units that differ; a ride of the treatment is 2 minutes longer."""
    count = targets * UNITS
    rides = 1.0 + random.poisson(3, (count, 2))
    if not in_both_groups:
        treated = random.random(count) < 0.5
        rides *= np.column_stack([treated, ~treated])
    habit = random.gamma(4, 5, count)[:, None]
    minutes = rides * (habit + np.array([2.0, 0.0])) + random.normal(0, 5, (count, 2)) * (rides > 0)
    parts = (minutes[:, 0], rides[:, 0], minutes[:, 1], rides[:, 1])
    frame = pd.DataFrame(dict(zip(SUMS, parts, strict=True)))
    return frame.assign(target=np.repeat(np.arange(targets), UNITS))


def _missed_by_luck(query: str, targets: int, random: np.random.Generator) -> float:
    """How often a target over CELLS is missed, all of whose cells lie on the threshold."""
    target = np.arange(targets)
    cells = pd.DataFrame({"target": np.repeat(target, len(CELLS)), "member": CELLS * targets})
    cells = pd.concat([cells.assign(dimension="city"), cells.assign(dimension="all", member="all")])
    values = cells.drop_duplicates().assign(
        metric_id="m", statistic="value", period_grain="day", period_start=DAY, is_complete=True
    )
    values["denominator"] = 800.0
    values["numerator"] = random.binomial(800, 0.05, len(values)).astype(float)
    values["value"] = values["numerator"] / values["denominator"]
    drivers = len(CELLS) * UNITS
    group = np.tile(["carpool", "standard"], targets * drivers // 2)
    rides = pd.DataFrame(
        {
            "target": np.repeat(target, drivers),
            "ride_date": DAY,
            "driver_id": np.tile(np.arange(drivers), targets),
            "ride_type": group,
            "city": np.tile(np.repeat(CELLS, UNITS), targets),
            "minutes": random.normal(20 + 2 * (group == "carpool"), 6),
        }
    )
    with duckdb.connect() as connection:
        register(connection, "all_values", values)
        register(connection, "all_rides", rides)
        register(connection, "targets", pd.DataFrame({"target": target}))
        found = connection.execute(query).df()
    assert len(found) == targets
    return float(found["is_worse_beyond_chance"].mean())
