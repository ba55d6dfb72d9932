"""All cases in which a macro is compared with a library, and the table of their errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from rich.table import Column, Table

from scripts.experiments import measures, oracles, readouts, target_intervals, treated_units
from scripts.experiments.oracles import Case
from scripts.experiments.queries import Run

CASES = (
    *oracles.distributions(),
    *oracles.comparisons(),
    *readouts.cases(),
    *target_intervals.cases(),
    *treated_units.cases(),
    *measures.cases(),
)
QUERIES = (
    oracles.QUERIES
    | readouts.QUERIES
    | target_intervals.QUERIES
    | treated_units.QUERIES
    | measures.QUERIES
)


@dataclass(frozen=True)
class Error:
    """The greatest relative error of a case over some draws of its data."""

    case: Case
    draws: int
    error: float

    @property
    def is_within_bound(self) -> bool:
        """Whether the error is what the case allows."""
        return self.error <= self.case.bound


def measure(case: Case, run: Run, seeds: Iterable[int]) -> Error:
    """Compare over as many draws as there are seeds; data that is not random is drawn once."""
    drawn = list(seeds) if case.is_random else [0]
    return Error(case, len(drawn), max(case.check(run, seed).error for seed in drawn))


def compare(run: Run, seeds: Iterable[int]) -> list[Error]:
    """The errors of all cases, of what runs QUERIES."""
    drawn = list(seeds)
    return [measure(case, run, drawn) for case in CASES]


def show(errors: list[Error]) -> Table:
    """A table of the greatest error of each macro against each library."""
    names = (Column(name, no_wrap=True) for name in ("macro", "library"))
    table = Table(*names, "cases", "greatest relative error")
    frame = pd.DataFrame(
        {
            "macro": [one.case.macro for one in errors],
            "library": [one.case.library for one in errors],
            "draws": [one.draws for one in errors],
            "error": [one.error for one in errors],
            "is_wrong": [not one.is_within_bound for one in errors],
        }
    )
    for (macro, library), group in frame.groupby(["macro", "library"]):
        colour = "red" if group["is_wrong"].any() else "green"
        error = f"[{colour}]{group['error'].max():.1e}[/]"
        table.add_row(macro, library, f"{group['draws'].sum():,}", error)
    return table
