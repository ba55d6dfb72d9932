"""Simulated experiments: how often each method is wrong.

A/A experiments, in which nothing differs, give each method's false positives; A/B experiments with
a planted effect show how often its 95 % interval holds the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from rich.table import Table

from scripts.experiments.queries import compile_queries, register

UNITS = 400
LOOKS = 10
CONTROL_RATIO = 0.9 * 0.25
# The 90th percentile of seconds without a treatment: exp(1.2816 * sqrt(0.5^2 + 0.5^2)).
CONTROL_QUANTILE = float(np.exp(1.2815515655446004 * np.sqrt(0.5)))

# The planted effect of each method, in the unit of its interval.
EFFECTS = {
    "mean": 2.0,
    "lift of a mean": 0.1,
    "ratio": 0.05,
    "lift of a ratio": 0.05 / CONTROL_RATIO,
    "proportion": 0.1,
    "CUPED": 2.0,
    "quantile": 0.1 * CONTROL_QUANTILE,
}
EXACT, AT_MOST, FAR_OFF = (0.036, 0.064), (0.0, 0.064), (0.15, 1.0)
FALSE_POSITIVES = {
    **dict.fromkeys(("mean", "ratio", "proportion", "CUPED", "quantile"), EXACT),
    "sample ratio": EXACT,
    "Holm over three metrics": AT_MOST,
    f"always valid, {LOOKS} looks": AT_MOST,
    f"mean, {LOOKS} looks": FAR_OFF,
    "ratio as if binomial": FAR_OFF,
}
COVERAGE = (0.93, 0.97)

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
    quantiles as ({{ quantile_difference('sessions', 'seconds', 0.9, *pair, by=experiment) }}),
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
    union all select 'quantile', {{ interval }} from quantiles
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


def compile_readouts() -> str:
    """The query of all readouts, as dbt renders it."""
    constants = f"{{%- set units_each, look_count = {UNITS}, {LOOKS} %}}"
    return compile_queries([constants + READOUTS])[0]


def simulate(experiments: int, planted: bool, seed: int) -> dict[str, pd.DataFrame]:
    """Units and sessions of experiments; users differ, so that sessions of one user are alike."""
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
    session_units = units.loc[units.index.repeat(sessions), ["experiment", "unit_id", "variant"]]
    pace = random.lognormal(0, 0.5, count) * (1 + 0.1 * effect)
    seconds = np.repeat(pace, sessions) * random.lognormal(0, 0.5, sessions.sum())
    looks = pd.DataFrame({"look": np.arange(1, LOOKS + 1)})
    return {"units": units, "sessions": session_units.assign(seconds=seconds), "looks": looks}


def read_out(query: str, experiments: int, planted: bool, seed: int) -> pd.DataFrame:
    """Every method's p-value and interval in every simulated experiment."""
    with duckdb.connect() as connection:
        for name, frame in simulate(experiments, planted, seed).items():
            register(connection, name, frame)
        return connection.execute(query).df()


def false_positives(query: str, experiments: int, seed: int) -> list[Verdict]:
    """The share of A/A experiments that each method calls significant at 5 %."""
    readouts = read_out(query, experiments, planted=False, seed=seed)
    rates = (readouts["p_value"] < 0.05).groupby(readouts["method"]).mean()
    return [Verdict(name, float(rates[name]), *bound) for name, bound in FALSE_POSITIVES.items()]


def coverage(query: str, experiments: int, seed: int) -> list[Verdict]:
    """The share of A/B experiments in which each method's interval holds the planted effect."""
    readouts = read_out(query, experiments, planted=True, seed=seed)
    truth = readouts["method"].map(EFFECTS)
    holds = (readouts["interval_low"] <= truth) & (truth <= readouts["interval_high"])
    rates = holds.groupby(readouts["method"]).mean()
    return [Verdict(name, float(rates[name]), *COVERAGE) for name in EFFECTS]


def show(title: str, verdicts: list[Verdict]) -> Table:
    """A table of the rates, each with its bounds."""
    table = Table("method", "rate", "expected", title=title, title_justify="left")
    for verdict in verdicts:
        colour = "green" if verdict.kept else "red"
        bounds = f"{verdict.low:.1%} to {verdict.high:.1%}"
        table.add_row(verdict.method, f"[{colour}]{verdict.rate:.1%}[/]", bounds)
    return table
