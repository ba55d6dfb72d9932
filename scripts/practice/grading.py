"""Grade a query by its results: on the world one sees, then on one that one cannot see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.database import quoted
from scripts.practice.exercises import EdgeCase, Exercise, read_rules
from scripts.practice.worlds import HIDDEN, VISIBLE

COMPARISON = (Path(__file__).parent / "comparison.sql").read_text(encoding="utf-8")
NUMERIC = re.compile(r"(?i)^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|DOUBLE|FLOAT|REAL)$")
# The hidden world with what an exercise plants in it.
PLANTED = "planted"
# One text is hashed: DuckDB joins the hashes of several values by xor, which forgets their places.
FINGERPRINT = """
    select
        count(*) as cells,
        sum(hash(concat_ws(chr(31), line, position, content))) as sorted_cells,
        sum(hash(concat_ws(chr(31), place, position, content))) as cells_in_order
    from (
        select
            line,
            place,
            position,
            coalesce(text, format('{:.8e}', number + 0e0), chr(30)) as content
        from answer_cells
    )
"""
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
    """Runs and compares queries in the schemas `visible` and `hidden` of a connection.

    Attributes:
        exercise: what is graded.
        planted_rows: how many rows of the hidden world each edge case changed.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, exercise: Exercise) -> None:
        """Grade answers to an exercise, whose tables `load_worlds` has put there.

        Raises:
            duckdb.Error: an edge case does not run.
        """
        self.exercise = exercise
        self._connection = connection
        self._fingerprints: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._kept: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
        connection.execute(f"drop schema if exists {PLANTED} cascade")
        connection.execute(f"create schema {PLANTED}")
        for table in exercise.tables:
            connection.execute(f"create table {PLANTED}.{table} as from {HIDDEN}.{table}")
        connection.execute(f"set schema = '{PLANTED}'")
        self.planted_rows = [self._plant(edge_case) for edge_case in exercise.edge_cases]

    def grade(self, query: str) -> Verdict:
        """What is wrong with a query, on the first world on which anything is.

        Raises:
            QueryError: the query does not run.
        """
        for world in (VISIBLE, HIDDEN):
            answer = self._fingerprint(query, world)
            if answer == self._fingerprint(self.exercise.solution, world):
                continue
            if (difference := self.difference(query, world)) is None:
                continue
            for wrong in self.exercise.wrong_solutions:
                if self._fingerprint(wrong.query, world) == answer:
                    return Verdict(world, difference, wrong.name, wrong.feedback)
            return Verdict(world, difference, None, read_rules()[difference.rule])
        return Verdict()

    def difference(self, query: str, world: str) -> Difference | None:
        """What sets a query's answer on a world apart from that of the solution.

        Raises:
            QueryError: the query does not run.
        """
        expected_columns = self._keep(self.exercise.solution, world, "expected")
        columns = self._keep(query, world, "answer")
        if len(columns) != len(expected_columns):
            return Difference("columns")
        is_ordered = str(self.exercise.is_ordered).lower()
        self._connection.execute(f"set variable is_ordered = {is_ordered}")
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
        columns = self._keep(query, world, "answer")
        return Result(
            tuple(name for name, _ in columns), self._connection.execute("from answer").fetchall()
        )

    def _plant(self, edge_case: EdgeCase) -> int:
        """Plant an edge case, statement by statement; returns how many rows it changes."""
        rows = 0
        for statement in self._connection.extract_statements(edge_case.statement):
            found = self._connection.execute(statement).fetchone()
            rows += found[0] if found else 0
        return rows

    def _keep(self, query: str, world: str, name: str) -> list[tuple[str, str]]:
        """Keep what a query answers as a table and as cells; returns its columns with types.

        What is kept already is not run again.
        """
        if self._kept.get(name, ())[:2] == (query, world):
            return self._kept[name][2]
        self._kept.pop(name, None)
        schema = PLANTED if world == HIDDEN else world
        self._connection.execute(f"set schema = '{schema}'")
        text = query.rstrip().removesuffix(";")
        try:
            # The query begins on a line of its own, so that the line of an error is found. Between
            # parentheses it is one query, which can only read.
            self._connection.execute(f"create or replace temp table {name} as from (\n{text}\n)")
        except duckdb.Error as error:
            said = re.sub(r"LINE (\d+):", lambda line: f"LINE {int(line[1]) - 1}:", str(error))
            raise QueryError(said) from None
        described = self._connection.execute(f"describe {name}").fetchall()
        columns = [(column, data_type) for column, data_type, *_ in described]
        self._connection.execute(cells(name, columns))
        self._kept[name] = (query, world, columns)
        return columns

    def _fingerprint(self, query: str, world: str) -> tuple[Any, ...]:
        """A few numbers that are the same for the same answers, and for no others that one meets.

        Of two answers that differ by a rounding error they may differ, so who finds them different
        looks at the cells.
        """
        if (query, world) not in self._fingerprints:
            self._keep(query, world, "answer")
            found = self._connection.execute(FINGERPRINT).fetchone() or ()
            self._fingerprints[query, world] = found[:3] if self.exercise.is_ordered else found[:2]
        return self._fingerprints[query, world]

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


def cells(name: str, columns: list[tuple[str, str]]) -> str:
    """The statement that makes `<name>_cells` of a table; `comparison.sql` says what they are.

    Numbers become doubles and all else text. Midnight is the day, so that a day may come as either.
    Rows are sorted by texts first and numbers as far as they are sure, so that two that differ
    by a rounding error get the same line.
    """
    numbered = [bool(NUMERIC.match(data_type)) for _, data_type in columns]
    values = [
        f"cast({quoted(column)} as double) as c{position}"
        if is_number
        else f"regexp_replace(cast({quoted(column)} as varchar), '{MIDNIGHT}', '') as c{position}"
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
