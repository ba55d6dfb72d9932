"""Exercises in SQL: their files, and how answers are graded, compared and told of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from scripts import degraded_worlds
from scripts.practice.__main__ import app
from scripts.practice.exercises import (
    PRACTICE,
    Exercise,
    ExerciseError,
    read_exercise,
    read_exercises,
    read_rules,
    read_skills,
)
from scripts.practice.grading import Grader, QueryError
from scripts.practice.verification import faults, verify
from scripts.practice.worlds import HIDDEN, VISIBLE, NoWorldError, load_worlds
from tests.python.builds import Build, planted

EXERCISES = read_exercises()
SCENARIOS = sorted({exercise.scenario for exercise in EXERCISES})
# Exercises that are of no metric: so many questions over facts and dimensions there are at least.
FURTHER = 40
EXAMPLE = "ride_sharing/carpool_ride_penetration"


def of(scenario: str) -> list[Exercise]:
    return [exercise for exercise in EXERCISES if exercise.scenario == scenario]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_solution_passes_and_each_wrong_one_fails_with_its_own_feedback(
    scenario: str, healthy: Build, hidden: Build
) -> None:
    databases = {VISIBLE: healthy.database, HIDDEN: hidden.database}
    found = verify(of(scenario), databases)
    assert [f"{exercise.id}: {fault}" for exercise, fault in found] == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_hidden_world_is_a_degraded_one_of_another_seed(scenario: str, hidden: Build) -> None:
    record = hidden.database.parent / "world" / scenario / "planted.json"
    made_of = json.loads(record.read_text(encoding="utf-8"))["arguments"]
    assert made_of["world"] == "degraded"
    assert made_of["seed"] != planted(scenario)["arguments"]["seed"]


def test_other_worlds_are_built_by_name() -> None:
    found = CliRunner().invoke(degraded_worlds.app, ["healthy"])
    assert found.exit_code == 2
    assert "'degraded'" in found.output


def test_there_is_an_exercise_of_each_metric_and_many_more(healthy: Build) -> None:
    metrics = {(metric.scenario, metric.name) for metric in healthy.manifest().metrics()}
    asked = [(exercise.scenario, exercise.metric) for exercise in EXERCISES if exercise.metric]
    assert sorted(asked) == sorted(metrics)
    assert len(EXERCISES) - len(asked) >= FURTHER
    assert all(
        exercise.id == f"{exercise.scenario}/{exercise.metric}"
        for exercise in EXERCISES
        if exercise.metric
    )


def test_each_skill_is_trained_and_each_scenario_has_each_level() -> None:
    assert {exercise.skill for exercise in EXERCISES} == set(read_skills())
    for scenario in SCENARIOS:
        assert {exercise.level for exercise in of(scenario)} == {"easy", "medium", "hard"}
    assert len({exercise.title for exercise in EXERCISES}) == len(EXERCISES)


def test_a_prompt_names_its_rows_and_its_order() -> None:
    for exercise in EXERCISES:
        said = exercise.prompt.lower()
        assert "row" in said, exercise.id
        assert not exercise.is_ordered or any(
            word in said for word in ("order", "sort", "first", "from the")
        ), exercise.id


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as found:
        for world in (VISIBLE, HIDDEN):
            found.execute(f"create schema {world}")
            found.execute(
                f"create table {world}.fct_rides as"
                " select * from (values ('a', 1.5, 10), ('b', 2.5, 20)) as t (name, value, number)"
            )
        yield found


def made_up(**more: Any) -> Exercise:
    """An exercise over a table of two rows, to which the hidden world adds one."""
    facts: dict[str, Any] = {
        "id": "ride_sharing/made_up",
        "scenario": "ride_sharing",
        "title": "Made up",
        "level": "easy",
        "skill": "aggregation",
        "prompt": "One row for each.",
        "tables": ["fct_rides"],
        "columns": [{"name": "name", "description": "x"}],
        "hints": ["one", "two"],
        "solution": "select name, value, number from fct_rides",
        "wrong_solutions": [
            {
                "name": "drops_nulls",
                "query": "select name, value, number from fct_rides where value is not null",
                "feedback": "You drop a row of which nothing is known.",
            },
            {
                "name": "makes_zeros",
                "query": "select name, coalesce(value, 0), number from fct_rides",
                "feedback": "Nothing is known is not zero.",
            },
        ],
        "edge_cases": [
            {
                "plants": "A value that is not known.",
                "statement": "insert into fct_rides values ('c', null, 30)",
            }
        ],
    }
    return Exercise.model_validate({**facts, **more})


@pytest.mark.parametrize(
    ("query", "world", "wrong", "rule"),
    [
        ("select name, value, number from fct_rides", None, None, None),
        ("\n-- mine\nselect name, value, number from fct_rides ;\n", None, None, None),
        (
            "select name, value, number from fct_rides where value > 0",
            HIDDEN,
            "drops_nulls",
            "missing_rows",
        ),
        (
            "select name, ifnull(value, 0), number from fct_rides",
            HIDDEN,
            "makes_zeros",
            "zero_for_null",
        ),
        (
            "select name, ifnull(value, 1), number from fct_rides",
            HIDDEN,
            None,
            "values",
        ),
        ("select name, value from fct_rides", VISIBLE, None, "columns"),
        ("select name, value, number from fct_rides where false", VISIBLE, None, "no_rows"),
        ("select value, name, number from fct_rides", VISIBLE, None, "columns_in_other_order"),
        ("select name, value, value::text from fct_rides", VISIBLE, None, "kinds"),
        ("select name, value * 100, number from fct_rides", VISIBLE, None, "hundredfold"),
        (
            "select name, value, number from fct_rides, range(2)",
            VISIBLE,
            None,
            "repeated_rows",
        ),
        (
            "select name, value, number from fct_rides union all select 'x', 0, 0",
            VISIBLE,
            None,
            "extra_rows",
        ),
        ("select upper(name), value, number from fct_rides limit 1", VISIBLE, None, None),
    ],
)
def test_a_query_is_graded_by_the_first_world_on_which_it_differs(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    world: str | None,
    wrong: str | None,
    rule: str | None,
) -> None:
    exercise = made_up()
    verdict = Grader(connection, exercise).grade(query)
    assert verdict.world == world
    assert verdict.wrong_solution == wrong
    if wrong:
        assert verdict.said in {one.feedback for one in exercise.wrong_solutions}
    elif verdict.difference:
        assert verdict.said == read_rules()[verdict.difference.rule]
    if rule:
        assert verdict.difference is not None
        assert verdict.difference.rule == rule


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("(values ('x', 'y'))", "(values ('y', 'x'))"),
        ("(values ('x', 'x'), ('y', 'y'))", "(values ('z', 'z'), ('y', 'y'))"),
        ("(values ('x', 'y'), ('y', 'x'))", "(values ('x', 'x'), ('y', 'y'))"),
        ("(values (1, null), (2, 0))", "(values (1, 0), (2, null))"),
        ("(values (1, 1), (2, 2))", "(values (1, 2), (2, 1))"),
    ],
)
def test_the_same_values_in_other_places_are_another_answer(
    connection: duckdb.DuckDBPyConnection, expected: str, answer: str
) -> None:
    grader = Grader(connection, made_up(solution=f"from {expected}"))
    assert grader.grade(f"from {expected}").passed
    assert not grader.grade(f"from {answer}").passed


def test_a_column_may_have_any_name(connection: duckdb.DuckDBPyConnection) -> None:
    grader = Grader(connection, made_up(solution="select 1 as a"))
    assert grader.grade('select 1 as "x""y; "').passed
    assert grader.grade("select nullif(1, 0)").passed


def test_the_order_of_rows_counts_where_it_is_asked_for(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    ordered = made_up(solution="select name from fct_rides order by name", is_ordered=True)
    reverse = "select name from fct_rides order by name desc"
    found = Grader(connection, ordered).difference(reverse, VISIBLE)
    assert found is not None
    assert found.rule == "order"
    assert Grader(connection, made_up(solution=ordered.solution)).grade(reverse).passed


@pytest.mark.parametrize(
    ("expected", "answer", "same"),
    [
        ("0.1 + 0.2", "0.3", True),
        ("1.0::double", "1::bigint", True),
        ("1e12", "1e12 + 1", True),
        ("1.0", "1.000001", False),
        ("1e-12", "2e-12", True),
        ("null", "0", False),
        ("null", "null", True),
        ("'null'", "null", False),
        ("date '2026-01-05'", "timestamp '2026-01-05 00:00:00'", True),
        ("date '2026-01-05'", "'2026-01-05'", True),
        ("timestamp '2026-01-05 10:00:00'", "date '2026-01-05'", False),
        ("true", "false", False),
        ("'nan'::double", "'nan'::double", True),
        ("'inf'::double", "'inf'::double", True),
        ("'inf'::double", "1", False),
    ],
)
def test_values_are_compared_as_people_mean_them(
    connection: duckdb.DuckDBPyConnection, expected: str, answer: str, same: bool
) -> None:
    grader = Grader(connection, made_up(solution=f"select {expected} as a"))
    found = grader.difference(f"select {answer} as a", VISIBLE)
    assert (found is None) == same
    assert grader.grade(f"select {answer} as a").passed == same


def test_a_rounding_error_does_not_put_rows_beside_the_wrong_ones(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    expected = "select * from (values (0.1 + 0.2, 2), (0.3, 1)) as t (a, b)"
    answer = "select * from (values (0.3, 2), (0.1 + 0.2, 1)) as t (a, b)"
    grader = Grader(connection, made_up(solution=expected))
    assert grader.difference(answer, VISIBLE) is None
    assert grader.grade(answer).passed


@pytest.mark.parametrize("query", ["delete from fct_rides", "select 1; delete from fct_rides"])
def test_a_query_can_only_read(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    grader = Grader(connection, made_up())
    with pytest.raises(QueryError):
        grader.grade(query)
    assert grader.grade(made_up().solution).passed
    for world in (VISIBLE, HIDDEN):
        assert connection.execute(f"select count(*) from {world}.fct_rides").fetchone() == (2,)


def test_an_error_says_the_line_of_the_query(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryError, match="LINE 3: where nonsense"):
        Grader(connection, made_up()).run("select name\nfrom fct_rides\nwhere nonsense = 1")


def test_the_verifier_finds_what_is_unsound(connection: duckdb.DuckDBPyConnection) -> None:
    def found(**more: Any) -> str:
        return "\n".join(faults(connection, made_up(**more)))

    names = [{"name": name, "description": "x"} for name in ("name", "value", "number")]
    assert found(columns=names) == ""
    assert "the solution's columns are" in found()
    wrong = made_up().wrong_solutions
    right = {"name": "right", "query": made_up().solution, "feedback": "x"}
    twice = {"name": "twice", "query": wrong[0].query, "feedback": "x"}
    broken = {"name": "broken", "query": "select nonsense", "feedback": "x"}
    seen = {"name": "seen", "query": "select 1, 2, 3", "feedback": "x"}
    assert "right: passes both worlds" in found(columns=names, wrong_solutions=[*wrong, right])
    assert "twice: answers as drops_nulls does" in found(
        columns=names, wrong_solutions=[*wrong, twice]
    )
    assert "broken: does not run" in found(columns=names, wrong_solutions=[*wrong, broken])
    assert "1 wrong solutions are right on the visible world" in found(
        columns=names, wrong_solutions=[wrong[0], seen]
    )
    assert "plants nothing" in found(
        columns=names,
        edge_cases=[
            *made_up().edge_cases,
            {"plants": "Nothing.", "statement": "delete from fct_rides where name = 'z'"},
        ],
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"level": "brutal"}, "level: Input should be 'easy', 'medium' or 'hard'"),
        ({"skill": "magic"}, "skill: 'magic' is not in practice/skills.yml"),
        ({"promt": "x"}, "promt: Extra inputs are not permitted"),
        ({"wrong_solutions": []}, "wrong_solutions: Tuple should have at least 2 items"),
        ({"hints": ["one"]}, "hints: Tuple should have at least 2 items"),
    ],
)
def test_a_file_that_says_what_it_may_not_is_named_with_field_and_rule(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    facts = yaml.safe_load((PRACTICE / f"{EXAMPLE}.yml").read_text(encoding="utf-8"))
    file = tmp_path / "ride_sharing" / "broken.yml"
    file.parent.mkdir()
    file.write_text(yaml.safe_dump({**facts, **change}), encoding="utf-8")
    with pytest.raises(ExerciseError) as error:
        read_exercise(file)
    assert str(file) in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(("text", "said"), [("- a", "is not a mapping"), ("a: [", "is not YAML")])
def test_a_file_that_is_no_mapping_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ExerciseError, match=said):
        read_exercise(file)


def test_a_world_that_is_not_there_is_said_to_be_built(tmp_path: Path) -> None:
    with duckdb.connect() as connection, pytest.raises(NoWorldError, match="make practice"):
        load_worlds(connection, {VISIBLE: tmp_path / "no.duckdb"}, "ride_sharing", ["fct_rides"])


def terminal(*arguments: str | Path) -> tuple[int, str]:
    """Exit status of the command line, and all that it says, in lines as wide as they are."""
    found = CliRunner(env={"COLUMNS": "300"}).invoke(app, [*map(str, arguments)])
    return found.exit_code, found.output


def test_the_terminal_lists_and_shows_exercises(healthy: Build) -> None:
    code, said = terminal("list", "--scenario", "ride_sharing", "--level", "easy")
    assert code == 0
    assert EXAMPLE in said
    assert "streaming/" not in said
    code, said = terminal("show", EXAMPLE, "--hints", "1", "--database", healthy.database)
    assert code == 0
    for part in ("week_start: the Monday of the week", "Hint 1 of 3", "ride_type", "VARCHAR"):
        assert part in said
    assert "Hint 2" not in said
    assert "count(*) filter" not in said
    assert "count(*) filter" in terminal("show", EXAMPLE, "--solution")[1]
    code, said = terminal("show", "ride_sharing/nothing")
    assert code == 2
    assert "there is no exercise 'ride_sharing/nothing'" in said


def test_the_terminal_grades_a_file(healthy: Build, hidden: Build, tmp_path: Path) -> None:
    exercise = next(one for one in EXERCISES if one.id == EXAMPLE)
    answer = tmp_path / "answer.sql"
    databases = ("--database", healthy.database, "--hidden", hidden.database)

    def check(query: str) -> tuple[int, str]:
        answer.write_text(query, encoding="utf-8")
        return terminal("check", EXAMPLE, answer, *databases)

    code, said = check(exercise.solution)
    assert code == 0
    assert "Right, on the world that you see and on the hidden one." in said
    for wrong in exercise.wrong_solutions:
        code, said = check(wrong.query)
        assert code == 1
        assert wrong.feedback in said
        assert "expected: " in said or "yours: " in said
    code, said = check("select 1\nfrom nowhere")
    assert code == 1
    assert "answer.sql: Catalog Error" in said
    assert "LINE 2: from nowhere" in said
    code, said = terminal("check", EXAMPLE, answer, "--database", tmp_path / "no.duckdb")
    assert code == 2
    assert "make practice" in said
