"""All cases in which a macro is compared with a library, and the table of their errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
from rich.table import Column, Table

from scripts.experiments import measures, oracles, readouts, target_intervals, treated_units
from scripts.experiments.oracles import Case
from scripts.experiments.queries import DRAW, Row, Run

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
# They have no columns by which draws could be told apart.
ALONE = {
    "entropy_between",
    "experiment_readout",
    "linearised",
    "nearest_place",
    "sample_ratio_mismatch",
    "switchback",
    "worst member, rates",
    "worst member, shares",
}


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
    drawn = _draws(case, seeds)
    return Error(case, len(drawn), max(case.check(run, seed).error for seed in drawn))


def measure_together(case: Case, run: Run, seeds: Iterable[int]) -> Error:
    """The same with one query for all draws, where a query costs more than its rows.

    A check is begun for each draw, until it asks; then again with the answer, until it asks no
    more.
    """
    drawn = _draws(case, seeds)
    answers: dict[int, list[list[Row]]] = {seed: [] for seed in drawn}
    errors: dict[int, float] = {}
    while len(errors) < len(drawn):
        asked = {}
        for seed in drawn:
            try:
                errors[seed] = case.check(partial(_answered, iter(answers[seed])), seed).error
            except _AskedError as question:
                asked[seed] = question
        for seed, rows in _ask_together(run, asked).items():
            answers[seed].append(rows)
    return Error(case, len(drawn), max(errors.values()))


class _AskedError(Exception):
    """A question that has no answer yet."""

    def __init__(self, name: str, relations: Mapping[str, Any]) -> None:
        super().__init__(name)
        self.name = name
        self.relations = {key: pd.DataFrame(columns) for key, columns in relations.items()}


def _answered(answers: Iterator[list[Row]], name: str, **relations: Any) -> list[Row]:
    for rows in answers:
        return [dict(row) for row in rows]
    raise _AskedError(name, relations)


def _ask_together(run: Run, asked: Mapping[int, _AskedError]) -> dict[int, list[Row]]:
    """The answer to each draw's question, which is the same for all but for the relations."""
    answers: dict[int, list[Row]] = {seed: [] for seed in asked}
    names = {question.name for question in asked.values()}
    if len(asked) > 1 and not names & ALONE:
        (name,) = names
        for row in run(name, **_stacked({seed: one.relations for seed, one in asked.items()})):
            answers[row.pop(DRAW)].append(row)
    # Where nothing of a draw counts it has no row among others, and alone it may have one.
    return {
        seed: rows or run(asked[seed].name, **asked[seed].relations)
        for seed, rows in answers.items()
    }


def _stacked(relations: Mapping[int, Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The relations of all draws, with a column that says of which; not where all are the same."""
    first, *others = relations.values()
    return {
        name: frame
        if all(frame.equals(other[name]) for other in others)
        else pd.concat([own[name].assign(**{DRAW: seed}) for seed, own in relations.items()])
        for name, frame in first.items()
    }


def _draws(case: Case, seeds: Iterable[int]) -> list[int]:
    return list(seeds) if case.is_random else [0]


def compare(
    cases: Iterable[Case], run: Run, seeds: Sequence[int], together: bool = False
) -> Iterator[Error]:
    """The errors of cases, of what runs QUERIES; draw by draw, or all draws in one query."""
    way = measure_together if together else measure
    return (way(case, run, seeds) for case in cases)


def show(errors: Mapping[str, Sequence[Error]]) -> Table:
    """A table of the greatest error of each macro against each library, by engine."""
    names = [Column(name, no_wrap=True) for name in ("macro", "library")]
    table = Table(*names, "cases", "draws", *errors, "bound")
    for key, cases in groupby(sorted(zip(*errors.values(), strict=True), key=_names), key=_names):
        of_engines = list(zip(*cases, strict=True))
        first = of_engines[0]
        cells = [str(len(first)), f"{sum(one.draws for one in first):,}"]
        for found in of_engines:
            colour = "green" if all(one.is_within_bound for one in found) else "red"
            cells.append(f"[{colour}]{max(one.error for one in found):.1e}[/]")
        table.add_row(*key, *cells, f"{max(one.case.bound for one in first):.0e}")
    return table


def _names(errors: tuple[Error, ...]) -> tuple[str, str]:
    return errors[0].case.macro, errors[0].case.library
