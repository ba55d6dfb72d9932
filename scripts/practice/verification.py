"""Verify an exercise: its solution passes, each wrong solution fails and is recognised."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.practice.exercises import Exercise
from scripts.practice.grading import Grader, QueryError
from scripts.practice.worlds import HIDDEN, VISIBLE, NoWorldError, load_worlds

# So many wrong solutions of each exercise are right on the world one sees.
RIGHT_ON_THE_VISIBLE = 2


def faults(exercise: Exercise, databases: dict[str, Path]) -> list[str]:
    """What is wrong with an exercise on two worlds, one line each; nothing when it is sound."""
    with duckdb.connect() as connection:
        try:
            load_worlds(connection, databases, exercise.scenario, exercise.tables)
            return list(_faults(Grader(connection, exercise), exercise))
        except (NoWorldError, QueryError, duckdb.Error) as error:
            return [str(error)]


def _faults(grader: Grader, exercise: Exercise) -> list[str]:
    found: list[str] = []
    for world in (VISIBLE, HIDDEN):
        result = grader.run(exercise.solution, world)
        if not result.rows:
            found.append(f"the solution answers nothing on the {world} world")
        if result.columns != tuple(column.name for column in exercise.columns):
            found.append(f"the solution's columns are {', '.join(result.columns)}")
        for edge_case in exercise.edge_cases if world == HIDDEN else ():
            if not edge_case.statement.strip():
                found.append(f"an edge case plants nothing: {edge_case.plants}")
    if not grader.grade(exercise.solution).passed:
        found.append("the solution fails: it does not answer the same twice")
    right_on_the_visible = 0
    for wrong in exercise.wrong_solutions:
        try:
            verdict = grader.grade(wrong.query)
        except QueryError as error:
            found.append(f"{wrong.name}: does not run: {error}")
            continue
        right_on_the_visible += verdict.world == HIDDEN
        if verdict.passed:
            found.append(f"{wrong.name}: passes both worlds")
        elif verdict.wrong_solution != wrong.name:
            found.append(f"{wrong.name}: answers as {verdict.wrong_solution} does")
    if right_on_the_visible < RIGHT_ON_THE_VISIBLE:
        found.append(
            f"{right_on_the_visible} wrong solutions are right on the visible world,"
            f" not {RIGHT_ON_THE_VISIBLE} or more"
        )
    return found
