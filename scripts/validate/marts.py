"""The built marts, out of DuckDB and into Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.manifest import Metric
from scripts.target_status import TargetStatus


@dataclass(frozen=True)
class Mart:
    """A mart that was written to `parquet`: its own columns, then one for each target."""

    metric: Metric
    targets: tuple[TargetStatus, ...]
    parquet: Path
    rows: int


def export_mart(
    connection: duckdb.DuckDBPyConnection,
    metric: Metric,
    targets: tuple[TargetStatus, ...],
    folder: Path,
) -> Mart:
    """Write the mart of `metric`, with the status of its targets, to `folder`/<metric>.parquet."""
    parquet = folder / f"{metric.name}.parquet"
    statuses = "".join(f""", '{target.status}' as "{target.column}" """ for target in targets)
    file = str(parquet).replace("'", "''")
    row = connection.execute(
        f"copy (select *{statuses} from {metric.relation}) to '{file}' (format parquet)"
    ).fetchone()
    assert row is not None  # copy always says how many rows it wrote
    return Mart(metric, targets, parquet, int(row[0]))
