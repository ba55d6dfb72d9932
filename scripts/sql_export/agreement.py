"""Whether a whiteboard query and its mart, two ways to one number, agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from scripts.manifest import Metric
from scripts.sql_export.analyses import Analysis

RELATIVE_TOLERANCE = 1e-9

# (period_start, dimension, member, statistic) -> value
Answers = dict[tuple[date, str, str, str], float]


def mart_query(metric: Metric, analysis: Analysis) -> str:
    """SQL for the mart's side of `disagreements`: what the query gives, by its name and columns.

    A query by a slice gives the members of that slice, any other the totals and perhaps slices.
    """
    columns = analysis.columns
    dimensions = [analysis.slice] if analysis.slice else ["all", *_slices(metric, columns)]
    return f"""
        select period_start, dimension, member, statistic, value, is_complete
        from {metric.relation}
        where
            period_grain = '{analysis.facts["grain"]}'
            and dimension in ({_literals(dimensions)})
            and statistic in ({_literals(_statistics(metric, columns))})
    """


def disagreements(
    metric: Metric,
    columns: Sequence[str],
    query_rows: Iterable[tuple[Any, ...]],
    mart_rows: Iterable[tuple[Any, ...]],
) -> list[str]:
    """Where a whiteboard query and the mart differ; null values are left out on both sides.

    `columns` are the query's: `period_start`, one for each statistic that it gives, and slices by
    the names of the mart's dimensions, 'all' being their total. Values must be equal in every
    complete period, to nine digits; the query may also have values for periods that the mart says
    are open.

    Raises:
        ValueError: no column is a statistic, or a key repeats.
    """
    query = _answers(columns, metric, query_rows)
    complete: Answers = {}
    still_open: Answers = {}
    for period_start, dimension, member, statistic, value, is_complete in mart_rows:
        if value is not None:
            side = complete if is_complete else still_open
            side[(period_start, dimension, member, statistic)] = value

    compared = query.keys() & complete.keys()
    found = [
        f"nothing to compare for {statistic}"
        for statistic in _statistics(metric, columns)
        if not any(key[-1] == statistic for key in compared)
    ]
    found += [f"only in the mart: {key}" for key in sorted(complete.keys() - query.keys())]
    only_in_query = query.keys() - complete.keys() - still_open.keys()
    found += [f"only in the query: {key}" for key in sorted(only_in_query)]
    found += [
        f"{key}: {query[key]!r} by the query, {complete[key]!r} by the mart"
        for key in sorted(compared)
        if not math.isclose(query[key], complete[key], rel_tol=RELATIVE_TOLERANCE)
    ]
    return found


def _answers(columns: Sequence[str], metric: Metric, rows: Iterable[tuple[Any, ...]]) -> Answers:
    statistics, slices = _statistics(metric, columns), _slices(metric, columns)
    if not statistics:
        raise ValueError(f"no column for any of {sorted(metric.statistics)}")
    answers: Answers = {}
    keys = set()
    for row in rows:
        record = dict(zip(columns, row, strict=True))
        members = [(name, record[name]) for name in slices if record[name] != "all"]
        dimension, member = members[0] if members else ("all", "all")
        key = (record["period_start"], dimension, member)
        if key in keys:
            raise ValueError(f"two rows for {key}")
        keys.add(key)
        for statistic in statistics:
            if record[statistic] is not None:
                answers[(*key, statistic)] = float(record[statistic])
    return answers


def _statistics(metric: Metric, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name in metric.statistics]


def _slices(metric: Metric, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name != "period_start" and name not in metric.statistics]


def _literals(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
