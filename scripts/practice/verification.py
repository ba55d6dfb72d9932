"""Verify exercises: their solutions pass, each wrong solution fails and is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from scripts.practice.exercises import Exercise
from scripts.practice.grading import Grader, QueryError
from scripts.practice.worlds import HIDDEN, VISIBLE, load_worlds

# So many wrong solutions of each exercise are right on the world one sees.
RIGHT_ON_THE_VISIBLE = 2


def verify(
    exercises: Sequence[Exercise], databases: dict[str, Path]
) -> Iterator[tuple[Exercise, str]]:
    """Each fault of exercises that are sorted by scenario, on the databases of the two worlds.

    Raises:
        NoWorldError: a world has no such table.
    """
    for scenario, group in groupby(exercises, key=lambda exercise: exercise.scenario):
        own = list(group)
        tables = sorted({table for exercise in own for table in exercise.tables})
        with duckdb.connect() as connection:
            load_worlds(connection, databases, scenario, tables)
            for exercise in own:
                for fault in faults(connection, exercise):
                    yield exercise, fault


def faults(connection: duckdb.DuckDBPyConnection, exercise: Exercise) -> list[str]:
    """What is wrong with an exercise, one line each; nothing when it is sound."""
    try:
        grader = Grader(connection, exercise)
        found = [*_of_the_solution(grader), *_of_the_edge_cases(grader)]
    except (QueryError, duckdb.Error) as error:
        return [f"the solution or an edge case does not run: {error}"]
    return [*found, *_of_the_wrong_solutions(grader)]


def _of_the_solution(grader: Grader) -> Iterator[str]:
    exercise = grader.exercise
    for world in (VISIBLE, HIDDEN):
        result = grader.run(exercise.solution, world)
        if not result.rows:
            yield f"the solution answers nothing on the {world} world"
        if result.columns != tuple(column.name for column in exercise.columns):
            yield f"the solution's columns are {', '.join(result.columns)}"
        if grader.difference(exercise.solution, world):
            yield f"the solution does not answer the same twice on the {world} world"


def _of_the_edge_cases(grader: Grader) -> Iterator[str]:
    for edge_case, rows in zip(grader.exercise.edge_cases, grader.planted_rows, strict=True):
        if not rows:
            yield f"an edge case plants nothing: {edge_case.plants}"


def _of_the_wrong_solutions(grader: Grader) -> Iterator[str]:
    right_on_the_visible = 0
    for wrong in grader.exercise.wrong_solutions:
        try:
            verdict = grader.grade(wrong.query)
        except QueryError as error:
            yield f"{wrong.name}: does not run: {error}"
            continue
        right_on_the_visible += verdict.world == HIDDEN
        if verdict.passed:
            yield f"{wrong.name}: passes both worlds"
        elif verdict.wrong_solution != wrong.name:
            yield f"{wrong.name}: answers as {verdict.wrong_solution} does"
    if right_on_the_visible < RIGHT_ON_THE_VISIBLE:
        yield (
            f"{right_on_the_visible} wrong solutions are right on the visible world,"
            f" not {RIGHT_ON_THE_VISIBLE} or more"
        )
