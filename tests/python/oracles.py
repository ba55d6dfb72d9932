"""Marts beside what Polars works out anew from the same events, on a world of another seed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.python.builds import Build, make_world, run_dbt
from tests.python.conftest import built_once


def built_from_seed(scenario: str, seed: str, **settings: Any) -> Build:
    """A room built, with some settings, from a world that nobody has committed; once for all."""

    def build(folder: Path) -> Build:
        raw = make_world(folder / "world", "--seed", seed, scenario=scenario)
        arguments = ("build", "--select", scenario, "--exclude-resource-type", "unit_test")
        variables = {"raw_path": str(raw), **settings}
        return run_dbt(folder, *arguments, variables=variables, scenario=scenario)

    made = built_once(f"{scenario}_other", build)
    assert made.exit_code == 0, made.output
    return made


def disagreements_when_complete(
    rows: Iterable[tuple[Any, ...]], numbers: Mapping[Any, float]
) -> list[str]:
    """Where a mart and its oracle differ, in complete periods.

    Args:
        rows: of the mart: grain, start, member, statistic, value, whether the period is complete.
        numbers: of the oracle, by the first four of these.
    """
    still_open, mart = set(), {}
    for *key, value, is_complete in rows:
        if not is_complete:
            still_open.add(tuple(key[:2]))
        elif value is not None:
            mart[tuple(key)] = value
    oracle = {key: value for key, value in numbers.items() if key[:2] not in still_open}
    return disagreements_of(mart, oracle, absolute=1e-9)


def disagreements_of(
    mart: Mapping[Any, float], oracle: Mapping[Any, float], absolute: float
) -> list[str]:
    """Where numbers of a mart and its oracle differ by more than 1e-9 of them and `absolute`."""
    found = [f"only in the mart: {key}" for key in sorted(mart.keys() - oracle.keys())]
    found += [f"only by the oracle: {key}" for key in sorted(oracle.keys() - mart.keys())]
    found += [
        f"{key}: {mart[key]!r} in the mart, {oracle[key]!r} by the oracle"
        for key in sorted(mart.keys() & oracle.keys())
        if not math.isclose(mart[key], oracle[key], rel_tol=1e-9, abs_tol=absolute)
    ]
    return found if mart else [*found, "nothing to compare"]
