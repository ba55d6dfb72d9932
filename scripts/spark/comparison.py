"""Whether the tables that two engines built from the same events agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.manifest import Manifest
from scripts.target_status import open_database

RELATIVE_TOLERANCE = 1e-9
# The schema of the target `spark` in profiles.yml.
SPARK_SCHEMA = "gsmt"
# Differences of a table that are told in full.
SHOWN = 5


@dataclass(frozen=True)
class Shape:
    """What of a table is compared.

    Rows are matched by `keys`, where null is a value like others; `equal` columns must be the
    same, `close` ones to nine digits, and null on both sides or none.
    """

    keys: tuple[str, ...]
    equal: tuple[str, ...] = ()
    close: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A table on both engines: its rows on DuckDB, and where Spark's differ, in words."""

    model: str
    rows: int
    differences: tuple[str, ...]


MART = Shape(
    keys=("period_grain", "period_start", "dimension", "member", "statistic"),
    equal=("is_complete",),
    close=("numerator", "denominator", "value"),
)
# Not the number of the row in its origin: only a file has an order.
QUARANTINE = Shape(
    keys=("event_name", "disposition", "event_id", "field", "reason", "content"),
    equal=("user_id", "event_at", "received_at", "origin"),
)
ORPHANS = Shape(
    keys=("event_name", "event_id", "reference_field"),
    equal=("event_at", "missing_value", "expected_in"),
)
TARGET_STATUS = Shape(
    keys=("target_id",),
    equal=("status", "window_start", "window_end", "periods_observed", "worst_member"),
    close=("threshold", "baseline_value", "observed", "interval_low", "interval_high"),
)


READOUT = Shape(
    keys=("experiment_id", "metric", "variant"),
    equal=("units", "method", "sample_ratio_verdict", "decision", "is_final"),
    close=(
        "estimate", "difference", "lift", "lift_low", "lift_high", "unadjusted_lift", "p_value",
        "adjusted_p_value", "always_valid_p_value", "detectable_lift", "sample_ratio_p_value",
    ),
)  # fmt: skip
EFFECT_BY_WEEK = Shape(
    keys=("metric", "week_since_exposure"),
    close=("difference", "interval_low", "interval_high", "p_value"),
)
EXPERIMENTS = {"experiment_readout": READOUT, "experiment_effect_by_week": EFFECT_BY_WEEK}


def shapes(manifest: Manifest, scenario: str) -> dict[str, Shape]:
    """What to compare of a scenario: its marts, experiments, and what was rejected and judged."""
    models = {str(node["name"]) for node in manifest.models()}
    experiments = {
        f"{scenario}__{name}": shape
        for name, shape in EXPERIMENTS.items()
        if f"{scenario}__{name}" in models
    }
    marts = {metric.model: MART for metric in manifest.metrics() if metric.scenario == scenario}
    return (
        marts
        | experiments
        | {
            f"{scenario}__quarantine": QUARANTINE,
            f"{scenario}__orphans": ORPHANS,
            f"{scenario}__target_status": TARGET_STATUS,
        }
    )


@contextmanager
def open_both(
    manifest: Manifest, database: Path, warehouse: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB's tables under their own names, and Spark's as views in the schema `spark`.

    Spark's are read from the Parquet files of its warehouse, so no Spark is started for it.

    Raises:
        NotBuiltError: there is no such database.
    """
    with open_database(manifest, database) as connection:
        connection.execute("create schema spark")
        for folder in sorted((warehouse / f"{SPARK_SCHEMA}.db").glob("*")):
            if next(folder.glob("*.parquet"), None):
                files = str(folder / "*.parquet").replace("'", "''")
                connection.execute(
                    f"create view spark.\"{folder.name}\" as select * from read_parquet('{files}')"
                )
        yield connection


def compare(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, scenario: str
) -> list[Comparison]:
    """Every table of `shapes` on both engines, by name; the connection is that of `open_both`.

    Raises:
        duckdb.CatalogException: one of them was not built.
    """
    return [
        _compare(connection, model, str(manifest.model(model)["relation_name"]), shape)
        for model, shape in sorted(shapes(manifest, scenario).items())
    ]


def _compare(
    connection: duckdb.DuckDBPyConnection, model: str, relation: str, shape: Shape
) -> Comparison:
    same_keys = " and ".join(f"ours.{key} is not distinct from theirs.{key}" for key in shape.keys)
    unequal = [(name, f"ours.{name} is distinct from theirs.{name}") for name in shape.equal]
    unequal += [(name, _is_far(name)) for name in shape.close]
    told = ",\n".join(
        f"case when {condition} then"
        f" '{name} is ' || coalesce(cast(ours.{name} as varchar), 'null') || ' on DuckDB and '"
        f" || coalesce(cast(theirs.{name} as varchar), 'null') || ' on Spark' end"
        for name, condition in unequal
    )
    key = ", ', ', ".join(f"coalesce(ours.{name}, theirs.{name})" for name in shape.keys)
    joined = f"""
        select
            concat({key}) as row_key,
            case
                when theirs.in_theirs is null then 'on DuckDB only'
                when ours.in_ours is null then 'on Spark only'
                else nullif(concat_ws('; ', {told}), '')
            end as difference
        from (select *, true as in_ours from {relation}) as ours
        full join (select *, true as in_theirs from spark.{model}) as theirs on {same_keys}
    """
    counts = connection.execute(
        f"""
        select
            (select count(*) from {relation}),
            (select count(*) from spark.{model}),
            count(*),
            count(difference)
        from ({joined})
        """
    ).fetchone()
    assert counts is not None
    ours, theirs, matched, different = counts
    found = connection.execute(
        f"select row_key, difference from ({joined}) where difference is not null"
        f" order by row_key limit {SHOWN}"
    ).fetchall()
    differences = [f"{row_key}: {difference}" for row_key, difference in found]
    if different > SHOWN:
        differences.append(f"and {different - SHOWN} more")
    if not different and not ours == theirs == matched:
        # Every row has a match, so some key repeats on one side.
        differences.append(f"{ours} rows on DuckDB and {theirs} on Spark: a key repeats")
    return Comparison(model, ours, tuple(differences))


def _is_far(name: str) -> str:
    """SQL for two numbers that are not equal to nine digits, or null on one side only."""
    ours, theirs = f"ours.{name}", f"theirs.{name}"
    return (
        f"coalesce(abs({ours} - {theirs}) > {RELATIVE_TOLERANCE}"
        f" * greatest(abs({ours}), abs({theirs})), {ours} is distinct from {theirs})"
    )
