"""Grade a query by its results: on the world one sees, then on one that one cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.practice.exercises import Exercise, read_rules
from scripts.practice.worlds import HIDDEN, VISIBLE

COMPARISON = (Path(__file__).parent / "comparison.sql").read_text(encoding="utf-8")
NUMERIC = re.compile(r"(?i)^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|DOUBLE|FLOAT|REAL)$")
MIDNIGHT = r" 00:00:00(\.0+)?$"


class QueryError(Exception):
    """A query that does not run; the message is DuckDB's, with the line in the query."""


@dataclass(frozen=True)
class Result:
    """Names and rows of what a query answers."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True)
class Difference:
    """What sets an answer apart from the expected one.

    Attributes:
        rule: a key of `practice/rules.yml`.
        missing: the first expected row that the answer lacks, and `unexpected` the reverse.
        missing_rows: how many are missing, and `unexpected_rows` the reverse.
    """

    rule: str
    missing: tuple[Any, ...] | None = None
    unexpected: tuple[Any, ...] | None = None
    missing_rows: int = 0
    unexpected_rows: int = 0


@dataclass(frozen=True)
class Verdict:
    """What is said of a query.

    Attributes:
        world: the world on which the query fails, none when it passes.
        wrong_solution: the name of the wrong solution whose results these are, if any is.
        said: what the query does wrong, in words; empty when it passes.
    """

    world: str | None = None
    difference: Difference | None = None
    wrong_solution: str | None = None
    said: str = ""

    @property
    def passed(self) -> bool:
        """Whether the query answers as the model solution does on both worlds."""
        return self.world is None


class Grader:
    """Runs and compares queries in the schemas `visible` and `hidden` of a connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, exercise: Exercise) -> None:
        """Grade answers to one exercise; `load_worlds` has put its tables there."""
        self._connection, self._exercise = connection, exercise

    def grade(self, query: str) -> Verdict:
        """What is wrong with a query, on the first world on which anything is.

        Raises:
            QueryError: the query does not run.
        """
        for world in (VISIBLE, HIDDEN):
            difference = self.difference(query, world)
            if difference is not None:
                wrong = self._wrong_solution(query, world)
                feedback = {one.name: one.feedback for one in self._exercise.wrong_solutions}
                said = feedback[wrong] if wrong else read_rules()[difference.rule]
                return Verdict(world, difference, wrong, said)
        return Verdict()

    def difference(self, query: str, world: str, expected: str | None = None) -> Difference | None:
        """What sets a query's answer on a world apart from that of another, or of the solution."""
        with self._world(world):
            self._keep(expected or self._exercise.solution, "expected")
            self._keep(query, "answer")
            columns = {name: self._columns(name) for name in ("expected", "answer")}
            if len(columns["expected"]) != len(columns["answer"]):
                return Difference("columns")
            for name, types in columns.items():
                self._connection.execute(cells(name, types))
            self._connection.execute(
                f"set variable is_ordered = {str(self._exercise.is_ordered).lower()}"
            )
            found = self._connection.execute(COMPARISON).fetchone()
            if found is None:
                return None
            rule, missing, unexpected, *numbers = found
            return Difference(
                rule, self._row("expected", missing), self._row("answer", unexpected), *numbers
            )

    def run(self, query: str, world: str = VISIBLE) -> Result:
        """What a query answers on a world.

        Raises:
            QueryError: the query does not run.
        """
        with self._world(world):
            self._keep(query, "answer")
            found = self._connection.execute("from answer")
            names = tuple(column[0] for column in found.description or ())
            return Result(names, found.fetchall())

    @contextmanager
    def _world(self, world: str) -> Iterator[None]:
        """A world as the exercise has it; whatever happens in it is undone."""
        self._connection.execute("begin")
        try:
            self._connection.execute(f"set schema = '{world}'")
            if world == HIDDEN:
                for edge_case in self._exercise.edge_cases:
                    self._connection.execute(edge_case.statement)
            yield
        finally:
            self._connection.execute("rollback")

    def _keep(self, query: str, name: str) -> None:
        """Keep what a query answers as a temporary table, in its order."""
        text = query.strip().removesuffix(";")
        try:
            # The query begins on a line of its own, so that the line of an error is found.
            self._connection.execute(f"create or replace temp table {name} as\n{text}\n")
        except duckdb.Error as error:
            said = re.sub(r"LINE (\d+):", lambda line: f"LINE {int(line[1]) - 1}:", str(error))
            raise QueryError(said) from None

    def _columns(self, name: str) -> list[tuple[str, str]]:
        """Names and types of a temporary table."""
        described = self._connection.execute(f"describe {name}").fetchall()
        return [(column, data_type) for column, data_type, *_ in described]

    def _row(self, name: str, line: int | None) -> tuple[Any, ...] | None:
        """The row that is on a line of the sorted cells, as the query answered it."""
        if line is None:
            return None
        return self._connection.execute(
            f"""
            select * exclude (place) from (select *, row_number() over () as place from {name})
            where place = (select any_value(place) from {name}_cells where line = {line})
            """
        ).fetchone()

    def _wrong_solution(self, query: str, world: str) -> str | None:
        """The wrong solution that answers as a query does on a world."""
        for wrong in self._exercise.wrong_solutions:
            if self.difference(query, world, expected=wrong.query) is None:
                return wrong.name
        return None


def cells(name: str, columns: list[tuple[str, str]]) -> str:
    """The statement that makes `<name>_cells` of a table; `comparison.sql` says what they are.

    Numbers become doubles and all else text. Midnight is the day, so that a day may come as either.
    Rows are sorted by texts first and numbers as far as they are sure, so that two that differ
    by a rounding error get the same line.
    """
    numbered = [bool(NUMERIC.match(data_type)) for _, data_type in columns]
    values = [
        f'cast("{column}" as double) as c{position}'
        if is_number
        else f"""regexp_replace(cast("{column}" as varchar), '{MIDNIGHT}', '') as c{position}"""
        for position, ((column, _), is_number) in enumerate(
            zip(columns, numbered, strict=True), start=1
        )
    ]
    order = [f"c{position}" for position, number in enumerate(numbered, start=1) if not number]
    order += [
        f"cast(c{position} as real)" for position, number in enumerate(numbered, start=1) if number
    ]
    order += [f"c{position}" for position, number in enumerate(numbered, start=1) if number]
    rows = "\nunion all\n".join(
        f"select line, place, {position} as position,"
        f" {f'c{position}' if number else 'cast(null as double)'} as number,"
        f" {'cast(null as varchar)' if number else f'c{position}'} as text from lines"
        for position, number in enumerate(numbered, start=1)
    )
    return f"""
        create or replace temp table {name}_cells as
        with
        places as (select row_number() over () as place, {", ".join(values)} from {name}),
        lines as (select *, row_number() over (order by {", ".join(order)}) as line from places)
        {rows}
    """
