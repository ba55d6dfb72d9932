"""Exercises in SQL: one YAML file each in `practice/<scenario>/`, checked as it is read."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scripts.manifest import PROJECT

PRACTICE = PROJECT / "practice"

Level = Literal["easy", "medium", "hard"]


class ExerciseError(ValueError):
    """A file of an exercise says what it may not; the message names file, field and rule."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """A column of the answer; the description gives its unit and what its nulls mean."""

    name: str
    description: str


class WrongSolution(_Strict):
    """A query that a person would really write, and what is said to whoever writes it."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    query: str
    feedback: str


class EdgeCase(_Strict):
    """What is planted in the hidden world alone, and the statement that plants it."""

    plants: str
    statement: str


class Exercise(_Strict):
    """A question, its tables, and what tells a right answer from a wrong one.

    Attributes:
        id: `<scenario>/<name of the file>`.
        metric: the metric that the exercise is of, if it is one's.
        skill: a key of `practice/skills.yml`.
        tables: dimensions and facts by their short names, `fct_rides`.
        is_ordered: the order of rows counts; the prompt says it, ties included.
        hints: from a nudge to the last step before the solution.
    """

    id: str
    scenario: str
    title: str
    metric: str | None = None
    level: Level
    skill: str
    prompt: str
    tables: tuple[str, ...] = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)
    is_ordered: bool = False
    hints: tuple[str, ...] = Field(min_length=2)
    solution: str
    wrong_solutions: tuple[WrongSolution, ...] = Field(min_length=2)
    edge_cases: tuple[EdgeCase, ...] = Field(min_length=1)


@cache
def read_skills() -> dict[str, str]:
    """What each skill is, by its key, in the order in which they are shown."""
    return dict(_read(PRACTICE / "skills.yml"))


@cache
def read_rules() -> dict[str, str]:
    """What is said of an answer that breaks a rule of `comparison.sql`, by the rule's key."""
    return dict(_read(PRACTICE / "rules.yml"))


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_exercises(names: Collection[str] = ()) -> list[Exercise]:
    """All exercises, or those of some names and scenarios, by scenario and name.

    Raises:
        ExerciseError: a file is not as `Exercise` says; every fault of it is named.
    """
    return [
        read_exercise(path)
        for path in sorted(PRACTICE.glob("*/*.yml"))
        if not names or path.parent.name in names or f"{path.parent.name}/{path.stem}" in names
    ]


def read_exercise(path: Path) -> Exercise:
    """The exercise of one file.

    Raises:
        ExerciseError: the file is not as `Exercise` says; every fault of it is named.
    """
    scenario = path.parent.name
    named = {"id": f"{scenario}/{path.stem}", "scenario": scenario}
    try:
        said = _read(path)
        if not isinstance(said, dict):
            raise ExerciseError(f"{path}: is not a mapping of fields")
        exercise = Exercise.model_validate({**said, **named})
    except yaml.YAMLError as error:
        raise ExerciseError(f"{path}: is not YAML: {error}") from None
    except ValidationError as error:
        faults = [
            f"{path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise ExerciseError("\n".join(faults)) from None
    if exercise.skill not in read_skills():
        raise ExerciseError(f"{path}: skill: {exercise.skill!r} is not in practice/skills.yml")
    return exercise
