"""Simulated experiments: how often each method is wrong.

A/A experiments, in which nothing differs, give each method's false positives; A/B experiments with
a planted effect show how often its 95 % interval holds the truth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import duckdb
import numpy as np
import pandas as pd
from rich.table import Table

from scripts.experiments.queries import compile_queries, register

UNITS = 400
LOOKS = 10
CONTROL_RATIO = 0.9 * 0.25

# The planted effect of each method, in the unit of its interval.
EFFECTS = {
    "mean": 2.0,
    "lift of a mean": 0.1,
    "ratio": 0.05,
    "lift of a ratio": 0.05 / CONTROL_RATIO,
    "proportion": 0.1,
    "CUPED": 2.0,
}
# Rates of a method that is right, of one that is careful, of one that is wrong, and of the readout,
# which 1,000 experiments must find at 6 % at most; how often an interval holds the truth, and how
# often one does that is wrong.
Rates = Literal["exact", "at most", "far off", "bar", "coverage", "missed"]
DAILY, UNPLANNED = "readout, a look every day", "readout without a plan, a look every day"
FALSE_POSITIVES: dict[str, Rates] = {
    "mean": "exact",
    "ratio": "exact",
    "proportion": "exact",
    "CUPED": "exact",
    "sample ratio": "exact",
    "Holm over three metrics": "at most",
    f"always valid, {LOOKS} looks": "at most",
    DAILY: "bar",
    f"mean, {LOOKS} looks": "far off",
    UNPLANNED: "far off",
    "ratio as if binomial": "far off",
}

# An A/A experiment that is to run for 14 days and is looked at on 28, with two primary metrics.
PLANNED_DAYS = 14
DAILY_EXPERIMENT = {
    "id": "aa",
    "shares": {"treatment": 1, "control": 1},
    "control": "control",
    "planned_days": PLANNED_DAYS,
    "metrics": {
        "orders": {
            "label": "orders per user",
            "role": "primary",
            "kind": "mean",
            "numerator": "orders",
            "good_direction": "up",
        },
        "order_rate": {
            "label": "orders per session",
            "role": "primary",
            "kind": "ratio",
            "numerator": "orders",
            "denominator": "sessions",
            "good_direction": "up",
        },
    },
}

# Every look of every experiment: the whole readout, over what was known then. Without a plan it
# goes on deciding after the planned days, with all that has come until the look.
LOOKS_EVERY_DAY = """
    {%- set values = {'orders': 'events.orders', 'sessions': '1'} %}
    select
        looks.method,
        looks.experiment,
        looks.last_complete_day,
        readout.metric,
        readout.units,
        readout.lift,
        readout.adjusted_p_value,
        readout.metric_verdict,
        readout.decision,
        readout.later_days
    from looks
    cross join lateral (
        with exposures as (
            select unit_id, variant, exposed_at from all_exposures
            where all_exposures.experiment = looks.experiment
        ),
        planned_window as (
            select * replace (
                is_over or looks.is_unplanned as is_over,
                case when looks.is_unplanned then looks.last_complete_day else observed_until end
                    as observed_until
            )
            from ({{ experiment_window('exposures', experiment, 'looks.last_complete_day') }})
        ),
        units as ({{ experiment_units('exposures', 'events', values, window='planned_window') }}),
        split as ({{ sample_ratio_mismatch('units', experiment.shares) }})
        select *
        from ({{ experiment_readout('units', 'split', experiment, window='planned_window') }})
    ) as readout
    where readout.variant = 'treatment'
"""


def bounds(rates: Rates, experiments: int) -> tuple[float, float]:
    """The rates that so many experiments may give: three standard errors of luck on either side."""

    def luck(share: float, count: int = experiments) -> float:
        return 3 * math.sqrt(share * (1 - share) / count)

    low, high = {
        "exact": (0.05 - luck(0.05), 0.05 + luck(0.05)),
        "at most": (0.0, 0.05 + luck(0.05)),
        "far off": (0.1 - luck(0.1), 1.0),
        "bar": (0.0, 0.06 + max(luck(0.05) - luck(0.05, 1000), 0)),
        "coverage": (0.95 - luck(0.05), 0.95 + luck(0.05)),
        "missed": (0.0, 0.9 + luck(0.1)),
    }[rates]
    return max(low, 0.0), min(high, 1.0)


# One row per method and experiment: p_value, interval_low, interval_high.
READOUTS = """
    {%- set experiment, look = ['experiment'], ['experiment', 'look'] %}
    {%- set pair = ('treatment', 'control') %}
    {%- set interval = 'experiment, p_value, interval_low, interval_high' %}
    with statistics as ({{ sufficient_statistics('units', {
        'mean': {'numerator': 'earnings'},
        'ratio': {'numerator': 'orders', 'denominator': 'sessions'},
        'proportion': {'numerator': 'converted'},
    }, by=experiment) }}),
    differences as ({{ mean_difference('statistics', *pair, by=experiment) }}),
    proportion_statistics as (select * from statistics where metric = 'proportion'),
    proportions as ({{ proportion_difference('proportion_statistics', *pair, by=experiment) }}),
    session_statistics as (
        select * replace (denominator_sum as units) from statistics where metric = 'ratio'
    ),
    binomials as ({{ proportion_difference('session_statistics', *pair, by=experiment) }}),
    adjusted_units as ({{ cuped('units', 'earnings', 'earlier_earnings', by=experiment) }}),
    adjusted_statistics as ({{ sufficient_statistics(
        'adjusted_units', {'CUPED': {'numerator': 'adjusted'}}, by=experiment,
    ) }}),
    adjusted as ({{ mean_difference('adjusted_statistics', *pair, by=experiment) }}),
    sample_ratios as ({{ sample_ratio_mismatch(
        'units', {'treatment': 1, 'control': 1}, segments=experiment,
    ) }}),
    holm as ({{ holm_adjusted('differences', ['metric'], family=experiment) }}),
    look_units as (
        select units.*, looks.look
        from units cross join looks
        where units.arrival < looks.look
    ),
    look_statistics as ({{ sufficient_statistics(
        'look_units', {'mean': {'numerator': 'earnings'}}, by=look,
    ) }}),
    look_differences as ({{ mean_difference('look_statistics', *pair, by=look) }}),
    always_valid as ({{ always_valid_difference('look_differences', units_each, by=look) }})
    select metric as method, {{ interval }} from differences where metric <> 'proportion'
    union all
    select 'lift of a ' || metric, experiment, null, lift_low, lift_high
    from differences where metric <> 'proportion'
    union all select 'proportion', {{ interval }} from proportions
    union all select 'ratio as if binomial', {{ interval }} from binomials
    union all select 'CUPED', {{ interval }} from adjusted
    union all
    select 'sample ratio', cast(member as bigint), p_value, null, null
    from sample_ratios where dimension = 'experiment'
    union all
    select 'Holm over three metrics', experiment, min(adjusted_p_value), null, null
    from holm group by experiment
    union all
    select 'mean, {{ look_count }} looks', experiment, min(p_value), null, null
    from look_differences group by experiment
    union all
    select 'always valid, {{ look_count }} looks', experiment, min(p_value), null, null
    from always_valid group by experiment
"""


@dataclass(frozen=True)
class Verdict:
    """How often something happened in the simulated experiments, and how often it should."""

    method: str
    rate: float
    low: float
    high: float

    @property
    def kept(self) -> bool:
        """Whether the rate is as it should be."""
        return self.low <= self.rate <= self.high


@dataclass(frozen=True)
class Queries:
    """What is simulated, as dbt renders it."""

    readouts: str
    looks_every_day: str


def compile_readouts() -> Queries:
    """All queries, in one run of dbt."""
    constants = f"{{%- set units_each, look_count = {UNITS}, {LOOKS} %}}"
    daily = f"{{%- set experiment = {DAILY_EXPERIMENT} %}}" + LOOKS_EVERY_DAY
    return Queries(*compile_queries([constants + READOUTS, daily]))


def simulate(experiments: int, planted: bool, seed: int) -> dict[str, pd.DataFrame]:
    """Units of experiments; users differ, so that sessions of one user are alike."""
    random = np.random.default_rng(seed)
    count = experiments * UNITS
    treated = random.random(count) < 0.5
    effect = treated * planted
    habit = random.gamma(2, 1, count)
    sessions = 1 + random.poisson(2 * habit)
    skill = 0.9 * random.beta(1, 3, count)
    units = pd.DataFrame(
        {
            "experiment": np.repeat(np.arange(experiments), UNITS),
            "arrival": np.tile(np.arange(UNITS) * LOOKS // UNITS, experiments),
            "unit_id": np.arange(count),
            "variant": np.where(treated, "treatment", "control"),
            "earlier_earnings": 10 * habit * random.gamma(4, 0.25, count),
            "earnings": 10 * habit * random.gamma(4, 0.25, count) + EFFECTS["mean"] * effect,
            "sessions": sessions,
            "orders": random.binomial(sessions, skill + EFFECTS["ratio"] * effect),
            "converted": random.random(count) < 0.3 + EFFECTS["proportion"] * effect,
        }
    )
    looks = pd.DataFrame({"look": np.arange(1, LOOKS + 1)})
    return {"units": units, "looks": looks}


def read_out(query: str, experiments: int, planted: bool, seed: int) -> pd.DataFrame:
    """Every method's p-value and interval in every simulated experiment."""
    with duckdb.connect() as connection:
        for name, frame in simulate(experiments, planted, seed).items():
            register(connection, name, frame)
        return connection.execute(query).df()


def simulate_days(experiments: int, seed: int) -> dict[str, pd.DataFrame]:
    """Users who come on days from their arrival on, split for each experiment; and its looks."""
    random = np.random.default_rng(seed)
    start, days = np.datetime64("2026-01-05", "s"), 2 * PLANNED_DAYS
    day = np.timedelta64(86_400, "s")
    arrival = random.integers(0, days, UNITS)
    sessions = random.poisson(random.gamma(2, 0.25, UNITS)[:, None], (UNITS, days))
    sessions[np.arange(days) < arrival[:, None]] = 0
    unit, on = (
        np.repeat(index, sessions.ravel()) for index in np.indices(sessions.shape).reshape(2, -1)
    )
    skill = random.beta(1, 3, UNITS)
    events = pd.DataFrame(
        {
            "unit_id": unit,
            "event_at": start + on * day + random.integers(1, 86_400, len(unit)),
            "orders": random.binomial(1, skill[unit]),
        }
    )
    exposures = pd.DataFrame(
        {
            "experiment": np.repeat(np.arange(experiments), UNITS),
            "unit_id": np.tile(np.arange(UNITS), experiments),
            "variant": random.choice(["treatment", "control"], experiments * UNITS),
            "exposed_at": np.tile(start + arrival * day, experiments),
        }
    )
    looks = pd.DataFrame(
        [
            (method, experiment, start + number * day, method == UNPLANNED)
            for method, first in ((DAILY, 0), (UNPLANNED, PLANNED_DAYS - 1))
            for experiment in range(experiments)
            for number in range(first, days)
        ],
        columns=["method", "experiment", "last_complete_day", "is_unplanned"],
    )
    looks["last_complete_day"] = looks["last_complete_day"].dt.date
    return {"events": events, "all_exposures": exposures, "looks": looks}


def look_every_day(query: str, experiments: int, seed: int) -> pd.DataFrame:
    """What the readout says: a row for each look at each primary metric of each experiment."""
    with duckdb.connect() as connection:
        for name, frame in simulate_days(experiments, seed).items():
            register(connection, name, frame)
        return connection.execute(query).df()


def false_positives(queries: Queries, experiments: int, seed: int) -> list[Verdict]:
    """The share of A/A experiments that each method calls significant at 5 %."""
    readouts = read_out(queries.readouts, experiments, planted=False, seed=seed)
    rates = (readouts["p_value"] < 0.05).groupby(readouts["method"]).mean().to_dict()
    looks = look_every_day(queries.looks_every_day, experiments, seed)
    says_so = looks["metric_verdict"].str.contains("beyond chance")
    ever = says_so.groupby([looks["method"], looks["experiment"]]).any()
    rates |= ever.groupby("method").mean().to_dict()
    return [
        Verdict(name, float(rates[name]), *bounds(expected, experiments))
        for name, expected in FALSE_POSITIVES.items()
    ]


def coverage(queries: Queries, experiments: int, seed: int) -> list[Verdict]:
    """The share of A/B experiments in which each method's interval holds the planted effect."""
    readouts = read_out(queries.readouts, experiments, planted=True, seed=seed)
    truth = readouts["method"].map(EFFECTS)
    holds = (readouts["interval_low"] <= truth) & (truth <= readouts["interval_high"])
    rates = holds.groupby(readouts["method"]).mean()
    expected = bounds("coverage", experiments)
    return [Verdict(name, float(rates[name]), *expected) for name in EFFECTS]


def show(title: str, verdicts: list[Verdict]) -> Table:
    """A table of the rates, each with its bounds."""
    table = Table("method", "rate", "expected", title=title, title_justify="left")
    for verdict in verdicts:
        colour = "green" if verdict.kept else "red"
        bounds = f"{verdict.low:.1%} to {verdict.high:.1%}"
        table.add_row(verdict.method, f"[{colour}]{verdict.rate:.1%}[/]", bounds)
    return table
