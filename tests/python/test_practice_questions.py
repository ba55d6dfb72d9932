"""The questions of docs/practice: each is one query over core that the world answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.manifest import PROJECT
from tests.python.builds import Build

PAGES = sorted((PROJECT / "docs" / "practice").glob("*.md"))
SCENARIOS = sorted(path.parent.name for path in PROJECT.glob("models/*/staging"))
QUESTION = re.compile(r"(?ms)^## (\d+)\. ([^\n]+\?)\n(.*?)```sql\n(.*?)```")
QUESTIONS = 10


def questions(page: Path) -> list[tuple[str, str]]:
    """Each question of a page with its query."""
    found = QUESTION.findall(page.read_text(encoding="utf-8"))
    assert [int(number) for number, *_ in found] == list(range(1, len(found) + 1))
    return [(question, sql) for _, question, _, sql in found]


def test_every_scenario_has_a_page_of_questions() -> None:
    assert [page.stem for page in PAGES] == SCENARIOS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_there_are_ten_questions_and_more_each_with_its_query(page: Path) -> None:
    found = len(questions(page))
    assert found >= QUESTIONS
    assert page.read_text(encoding="utf-8").count("```sql") == found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_world_answers_every_question_with_something(page: Path, healthy: Build) -> None:
    with healthy.connect() as connection:
        connection.execute(f"set search_path = '{page.stem}'")
        for question, sql in questions(page):
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            rows = result.fetchall()
            assert rows, question
            # A column that says zero or nothing of everybody is no answer.
            for name, values in zip(names, zip(*rows, strict=True), strict=True):
                assert any(values), f"{question}: {name} is {values[0]} in every row"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_query_reads_dimensions_and_facts_only(page: Path, healthy: Build) -> None:
    core = {
        name
        for (name,) in healthy.query(
            f"select view_name from duckdb_views() where schema_name = '{page.stem}'"
        )
        if name.startswith(("dim_", "fct_"))
    }
    for question, sql in questions(page):
        defined = set(re.findall(r"(\w+) as \(", sql))
        read = set(re.findall(r"(?:from|join) (\w+)", sql)) - defined
        assert read, question
        assert read <= core, f"{question}: {read - core}"
