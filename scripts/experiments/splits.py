"""A/A splits: the units of an experiment that was built, given variants anew that change nothing.

The units are a world's own, as uneven and as alike as they are, so this says whether a readout may
be believed there; `simulation` draws units that suit the methods.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from scripts.experiments.queries import compile_queries, register
from scripts.experiments.simulation import Verdict, bounds

# The macro that declares each experiment, and the table of its units.
EXPERIMENTS: Mapping[str, tuple[str, str]] = {
    "quick_access": ("quick_access_experiment", "fct_cloud_storage__experiment_users"),
    "feed_ranking": ("feed_ranking_experiment", "fct_news_feed__experiment_users"),
    "feed_personalisation": ("feed_personalisation_experiment", "fct_news_feed__experiment_users"),
    "batching": ("batching_experiment", "fct_food_delivery__switchback_windows"),
}

# The p-value of each metric and treatment in each split, before Holm.
_COMPARISONS = """
    select
        splits.split,
        comparisons.metric,
        comparisons.treatment,
        comparisons.p_value
    from splits
    cross join lateral (
        with units as (
            select experiment_units.* replace (assignments.variant as variant)
            from experiment_units
            inner join assignments on experiment_units.unit_id = assignments.unit_id
            where assignments.split = splits.split
        )
        select * from ({{{{ experiment_comparisons('units', {experiment}()) }}}})
    ) as comparisons
"""
_SHARES = "{{{{ tojson({experiment}().shares) }}}}"


@dataclass(frozen=True)
class Declared:
    """An experiment as dbt renders it: its units' table, its query, and the planned shares."""

    units: str
    comparisons: str
    shares: dict[str, float]


def compile_experiments(names: Iterable[str] = EXPERIMENTS) -> dict[str, Declared]:
    """Experiments by their names, in one run of dbt."""
    chosen = {name: EXPERIMENTS[name] for name in names}
    compiled = iter(
        compile_queries(
            form.format(experiment=macro)
            for macro, _ in chosen.values()
            for form in (_COMPARISONS, _SHARES)
        )
    )
    return {
        name: Declared(units, comparisons=next(compiled), shares=json.loads(next(compiled)))
        for name, (_, units) in chosen.items()
    }


def false_positives(
    declared: Declared, database: Path, splits: int, seed: int
) -> tuple[int, list[Verdict]]:
    """How often metrics differ at 5 % between variants that are drawn anew by their shares.

    Args:
        declared: the experiment.
        database: a DuckDB file in which its units are built; it is only read.
        splits: number of splits.
        seed: seed of the random numbers.

    Returns:
        The number of units, and a verdict on each metric and treatment.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        units = connection.execute(
            f"select * from {declared.units} order by unit_id"
        ).to_arrow_table()
    random = np.random.default_rng(seed)
    shares = np.array(list(declared.shares.values()), dtype=float)
    ids = units.column("unit_id").to_pylist()
    drawn = random.choice(list(declared.shares), (splits, len(ids)), p=shares / shares.sum())
    assignments = {
        "split": np.repeat(np.arange(splits), len(ids)),
        "unit_id": np.tile(np.array(ids, dtype=object), splits),
        "variant": drawn.ravel(),
    }
    with duckdb.connect() as connection:
        connection.register("experiment_units", units)
        register(connection, "splits", {"split": np.arange(splits)})
        register(connection, "assignments", assignments)
        found: pd.DataFrame = connection.execute(declared.comparisons).df()
    rates = (found["p_value"] < 0.05).groupby([found["metric"], found["treatment"]]).mean()
    expected = bounds("exact", splits)
    return len(ids), [
        Verdict(f"{metric}, {treatment}", float(rate), *expected)
        for (metric, treatment), rate in rates.items()
    ]
