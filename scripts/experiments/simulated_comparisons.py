"""Simulated comparisons of treated units with others, in which nothing has an effect.

Treatment follows what makes the outcome greater anyway, rows of one user or window are alike, and
trends are common: what the sound methods are made for, and the naive ones are not.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

from scripts.experiments.queries import compile_queries, register
from scripts.experiments.simulation import Rates, Verdict, bounds
from scripts.experiments.treated_units import (
    PAIR,
    READOUT,
    STRATA,
    switchback,
    switchback_query,
)

# How often a 95 % interval should hold zero: as it says, or far less.
INTERVALS: dict[str, Rates] = {
    "strata": "coverage",
    "lift in strata": "coverage",
    "strata, few units in each": "coverage",
    "strata, clustered": "coverage",
    "lift in strata, clustered": "coverage",
    "difference in differences": "coverage",
    "lift of difference in differences": "coverage",
    "difference in differences, clustered": "coverage",
    "event study, one lead": "coverage",
    "event study, one lag": "coverage",
    "landmark": "coverage",
    "lift of a switchback": "coverage",
    "raw difference": "missed",
    "strata of clusters as if each row stood for itself": "missed",
    "after alone, without before": "missed",
    "ever treated": "missed",
}
# How often a check or a test should say that something differs.
FALSE_POSITIVES: dict[str, Rates] = {
    "leads of an event study, Holm": "at most",
    "switchback, readout": "exact",
    "switchback, orders as if each stood for itself": "far off",
}

_BY = "by=['experiment']"
_TAKEN = "experiment, p_value, interval_low, interval_high"
_LIFT = "experiment, null, lift_low, lift_high"
# One row per method and experiment.
_COMPARED = f"""
    {{%- set strata = {list(STRATA)} %}}
    with raw as ({{{{ standardised_difference('units', 'outcome', {PAIR}, {_BY}) }}}}),
    standardised as ({{{{ standardised_difference(
        'units', 'outcome', {PAIR}, strata=strata, {_BY},
    ) }}}}),
    few as ({{{{ standardised_difference(
        'few_units', 'outcome', {PAIR}, strata=strata, {_BY},
    ) }}}}),
    clustered as ({{{{ standardised_difference(
        'orders', 'outcome', {PAIR}, strata=strata, cluster='cluster_id', {_BY},
    ) }}}}),
    unclustered as ({{{{ standardised_difference(
        'orders', 'outcome', {PAIR}, strata=strata, {_BY},
    ) }}}}),
    changes as ({{{{ difference_in_differences('units', 'earlier', 'later', {PAIR}, {_BY}) }}}}),
    clustered_changes as ({{{{ difference_in_differences(
        'orders', 'earlier', 'later', {PAIR}, cluster='cluster_id', {_BY},
    ) }}}}),
    later as ({{{{ standardised_difference('units', 'later', {PAIR}, {_BY}) }}}}),
    study as ({{{{ event_study('panel', 'minutes', 'week', {PAIR}, {_BY}) }}}}),
    pre_trends as ({{{{ pre_trend_check('study', {_BY}) }}}}),
    landmark as ({{{{ landmark_units(
        'population', 'events', 'events.is_adoption', {{'visits': '1'}}, landmark_day=6,
        first_day=7, last_day=27, observed_until="date '2026-03-01'", columns=['experiment'],
    ) }}}}),
    landmark_statistics as ({{{{ sufficient_statistics(
        'landmark', {{'visits': {{'numerator': 'visits'}}}}, {_BY},
    ) }}}}),
    landmark_differences as ({{{{ mean_difference('landmark_statistics', {PAIR}, {_BY}) }}}}),
    ever as (
        select
            population.experiment,
            population.unit_id,
            case when max(events.is_adoption) then 'treated' else 'comparison' end as variant,
            count(case when events.event_at >= timestamp '2026-01-08' then 1 end) as visits
        from population left join events using (unit_id)
        group by population.experiment, population.unit_id
    ),
    ever_treated as ({{{{ standardised_difference('ever', 'visits', {PAIR}, {_BY}) }}}})
    select 'raw difference' as method, {_TAKEN} from raw
    union all select 'strata', {_TAKEN} from standardised
    union all select 'lift in strata', {_LIFT} from standardised
    union all select 'strata, few units in each', {_TAKEN} from few
    union all select 'strata, clustered', {_TAKEN} from clustered
    union all select 'lift in strata, clustered', {_LIFT} from clustered
    union all select 'strata of clusters as if each row stood for itself', {_TAKEN}
    from unclustered
    union all select 'difference in differences', {_TAKEN} from changes
    union all select 'lift of difference in differences', {_LIFT} from changes
    union all select 'difference in differences, clustered', {_TAKEN} from clustered_changes
    union all select 'after alone, without before', {_TAKEN} from later
    union all select 'event study, one lead', {_TAKEN} from study where week = -3
    union all select 'event study, one lag', {_TAKEN} from study where week = 1
    union all select 'leads of an event study, Holm', experiment, p_value, null, null
    from pre_trends
    union all select 'landmark', {_TAKEN} from landmark_differences
    union all select 'ever treated', {_TAKEN} from ever_treated
"""
_SWITCHBACK = switchback_query(
    f"""
    , experiments as (select distinct experiment from assignments),
    readouts as (
        select experiments.experiment, readout.p_value, readout.lift_low, readout.lift_high
        from experiments
        cross join lateral (
            with units as (
                select all_units.* from all_units
                where all_units.experiment = experiments.experiment
            ),
            {READOUT}
            where readout.variant = 'batching'
        ) as readout
    ),
    order_units as (
        select order_events.experiment, order_events.minutes, exposures.variant
        from order_events
        inner join exposures using (unit_id)
        where order_events.event_at >= exposures.exposed_at
    ),
    order_statistics as ({{{{ sufficient_statistics(
        'order_units', {{'minutes': {{'numerator': 'minutes'}}}}, {_BY},
    ) }}}}),
    order_differences as ({{{{ mean_difference(
        'order_statistics', 'batching', 'single', {_BY},
    ) }}}})
    select 'switchback, readout' as method, experiment, p_value,
        null as interval_low, null as interval_high
    from readouts
    union all select 'lift of a switchback', {_LIFT} from readouts
    union all select 'switchback, orders as if each stood for itself',
        experiment, p_value, null, null
    from order_differences
    """,
    segments=["experiment"],
)
USERS, CLUSTERS, WEEKS = 300, 80, np.arange(-4, 3)


def compile_comparisons() -> tuple[str, str]:
    """The comparisons and the switchback, in one run of dbt."""
    compared, readouts = compile_queries([_COMPARED, _SWITCHBACK])
    return compared, readouts


def simulate(experiments: int, seed: int) -> dict[str, pd.DataFrame]:
    """Users, orders in clusters, weeks and visits; nobody's outcome knows of the treatment."""
    random = np.random.default_rng(seed)
    return {
        "units": _users(random, experiments, zones=3, hours=4),
        "few_units": _users(random, experiments, zones=5, hours=12),
        "orders": _orders(random, experiments),
        "panel": _weeks(random, experiments),
        **_visits(random, experiments),
    }


def _users(random: np.random.Generator, experiments: int, zones: int, hours: int) -> pd.DataFrame:
    count = experiments * USERS
    zone, hour = random.integers(0, zones, count), random.integers(0, hours, count)
    risk = zone / zones + hour / hours
    is_treated = random.random(count) < 0.2 + 0.3 * risk
    habit = 10 * random.gamma(2, 1, count) * (1 + 0.3 * is_treated)
    return pd.DataFrame(
        {
            "experiment": np.repeat(np.arange(experiments), USERS),
            "variant": np.where(is_treated, "treated", "comparison"),
            "zone": zone,
            "hour": hour,
            "outcome": 20 + 4 * risk + random.gamma(2, 3, count),
            "earlier": random.poisson(habit),
            # Everybody does five less after the launch, whatever they did before.
            "later": random.poisson(habit) - 5.0 + random.normal(0, 4, count),
        }
    )


def _orders(random: np.random.Generator, experiments: int) -> pd.DataFrame:
    """Orders of zones and days, which share a delay and how many of them are batched."""
    count = experiments * CLUSTERS
    zone, hour = random.integers(0, 2, count), random.integers(0, 2, count)
    share = np.clip(0.3 + 0.2 * zone + 0.1 * hour + random.normal(0, 0.3, count), 0.05, 0.95)
    delay = 5 * random.normal(0, 1, count)
    of = np.repeat(np.arange(count), 4 + random.poisson(4, count))
    level = 25 + 4 * zone[of] + 2 * hour[of] + delay[of]
    return pd.DataFrame(
        {
            "experiment": of // CLUSTERS,
            "cluster_id": of,
            "variant": np.where(random.random(len(of)) < share[of], "treated", "comparison"),
            "zone": zone[of],
            "hour": hour[of],
            "outcome": level + random.normal(0, 4, len(of)),
            "earlier": level + random.normal(0, 3, len(of)),
            "later": level + 2 * random.normal(0, 1, count)[of] + random.normal(0, 3, len(of)),
        }
    )


def _weeks(random: np.random.Generator, experiments: int) -> pd.DataFrame:
    """Weeks of users of whom the heavy are treated; a bad week makes the next one bad."""
    count = experiments * USERS
    is_treated = random.random(count) < 0.4
    habit = 20 * random.gamma(4, 0.5, count) * (1 + 0.3 * is_treated)
    shocks = random.normal(0, 3, (count, len(WEEKS)))
    shocks[:, 1:] += 0.5 * shocks[:, :-1]
    minutes = habit[:, None] + 1.5 * WEEKS + shocks
    return pd.DataFrame(
        {
            "experiment": np.repeat(np.arange(count) // USERS, len(WEEKS)),
            "unit_id": np.repeat(np.arange(count), len(WEEKS)),
            "variant": np.repeat(np.where(is_treated, "treated", "comparison"), len(WEEKS)),
            "week": np.tile(WEEKS, count),
            "minutes": minutes.ravel(),
        }
    )


def _visits(random: np.random.Generator, experiments: int) -> dict[str, pd.DataFrame]:
    """Users who come on half of their days until they leave for good, and may adopt on any."""
    count, days = experiments * USERS, 28
    start = pd.Timestamp(2026, 1, 1)
    life = random.geometric(0.06, count)
    comes = random.random((count, days)) < 0.5
    comes &= np.arange(days) < life[:, None]
    unit, day = np.nonzero(comes)
    return {
        "population": pd.DataFrame(
            {
                "experiment": np.arange(count) // USERS,
                "unit_id": np.arange(count),
                "started_at": np.full(count, start),
                "ended_at": start + pd.to_timedelta(life, unit="D"),
            }
        ),
        "events": pd.DataFrame(
            {
                "unit_id": unit,
                "event_at": start + pd.to_timedelta(day, unit="D"),
                "is_adoption": random.random(len(unit)) < 0.08,
            }
        ),
    }


def _switchbacks(experiments: int, seed: int) -> dict[str, pd.DataFrame]:
    """Switchbacks of eight days and four zones, whose windows share a delay."""
    worlds = [switchback(seed + number) for number in range(experiments)]
    frames = {}
    for name in ("assignments", "orders"):
        parts = [world[name].assign(experiment=number) for number, world in enumerate(worlds)]
        frames[name] = pd.concat(parts, ignore_index=True)
        # Each experiment has zones of its own.
        frames[name]["zone_id"] += 10 * frames[name]["experiment"]
    return frames


def read_out(queries: tuple[str, str], experiments: int, seed: int) -> pd.DataFrame:
    """Every method's p-value and interval in every simulated comparison."""
    found = []
    worlds = (simulate(experiments, seed), _switchbacks(experiments, seed))
    for query, relations in zip(queries, worlds, strict=True):
        with duckdb.connect() as connection:
            for name, frame in relations.items():
                register(connection, name, frame)
            found.append(connection.execute(query).df())
    return pd.concat(found, ignore_index=True)


def verdicts(
    queries: tuple[str, str], experiments: int, seed: int
) -> tuple[list[Verdict], list[Verdict]]:
    """How often each method says that something differs, and how often its interval holds zero."""
    found = read_out(queries, experiments, seed)
    by_method = found["method"]
    is_positive = (found["p_value"] < 0.05).groupby(by_method).mean()
    holds = (found["interval_low"] <= 0) & (found["interval_high"] >= 0)
    covered = holds.groupby(by_method).mean()
    positives = [
        Verdict(name, float(is_positive[name]), *bounds(expected, experiments))
        for name, expected in FALSE_POSITIVES.items()
    ]
    coverage = [
        Verdict(name, float(covered[name]), *bounds(expected, experiments))
        for name, expected in INTERVALS.items()
    ]
    return positives, coverage
