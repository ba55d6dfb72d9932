"""Each metric's whiteboard query, an implementation of its own, gives the mart's numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from scripts.manifest import PROJECT, Manifest, Metric
from scripts.sql_export.agreement import disagreements, mart_query
from scripts.sql_export.analyses import Analysis, read_analyses
from tests.python.builds import Build

METRICS = sorted(path.stem for path in (PROJECT / "analyses").glob("*/*.sql"))
# A trained model does not fit on a whiteboard: what is made of its scores does.
SCORES = {"churn_prediction_score": {"fct_messenger__churn_scores"}}


@cache
def manifest_of(build: Build) -> Manifest:
    return build.manifest()


def analysis_and_metric(build: Build, name: str) -> tuple[Analysis, Metric]:
    manifest = manifest_of(build)
    (analysis,) = [found for found in read_analyses(manifest) if found.metric == name]
    (metric,) = [found for found in manifest.metrics() if found.name == name]
    return analysis, metric


def test_every_metric_has_its_whiteboard_query_and_none_is_left_over(healthy: Build) -> None:
    written = [(found.scenario, found.metric) for found in read_analyses(manifest_of(healthy))]
    metrics = manifest_of(healthy).metrics()
    assert written == [(metric.scenario, metric.name) for metric in metrics]
    assert written


@pytest.mark.parametrize("world", ["healthy", "degraded"])
@pytest.mark.parametrize("name", METRICS)
def test_the_whiteboard_query_agrees_with_the_mart(
    name: str, world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    analysis, metric = analysis_and_metric(build, name)
    sql = analysis.sql(lambda model: str(manifest_of(build).model(model)["relation_name"]))
    with build.connect() as connection:
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description or []]
        rows = answer.fetchall()
    mart_rows = build.query(mart_query(metric, analysis.facts["grain"]))
    assert disagreements(metric, columns, rows, mart_rows) == []


@pytest.mark.parametrize("name", METRICS)
def test_the_whiteboard_query_names_its_question_goal_metric_and_trap(
    name: str, healthy: Build
) -> None:
    analysis, metric = analysis_and_metric(healthy, name)
    questions = {question.id: question for question in manifest_of(healthy).questions()}
    question = questions[metric.question]
    goals = {area["id"]: area["goal"] for area in question.areas}

    assert analysis.facts["question"] == f"{question.id} {question.title}"
    assert analysis.facts["goal"] == goals[metric.area]
    assert analysis.facts["metric"].startswith(f"{metric.name}, ")
    assert analysis.facts["trap"]
    assert analysis.facts["grain"] in {"day", "week", "month", "cohort"}


@pytest.mark.parametrize("name", METRICS)
def test_the_whiteboard_query_reads_clean_events_or_the_scores_of_a_model_only(
    name: str, healthy: Build
) -> None:
    analysis, metric = analysis_and_metric(healthy, name)
    signals = manifest_of(healthy).signals()
    events = {signal.model for signal in signals if not signal.is_derived}
    assert analysis.scenario == metric.scenario
    assert analysis.references
    assert analysis.references <= SCORES.get(name, events)
    # No reference is written in a way that the export would not find.
    assert "{" not in analysis.sql(str)


MONDAY = date(2026, 1, 5)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def mart_row(week: date, value: float | None, is_complete: bool = True) -> tuple[Any, ...]:
    return (week, "all", "all", "value", value, is_complete)


@pytest.mark.parametrize(
    ("query_rows", "mart_rows", "complaint"),
    [
        ([(MONDAY, 0.5)], [mart_row(MONDAY, 0.5 + 1e-12)], None),
        ([(MONDAY, 0.5)], [mart_row(MONDAY, 0.5 + 1e-8)], "by the mart"),
        ([(MONDAY, 0.5)], [mart_row(MONDAY, 0.5), mart_row(NEXT_MONDAY, 0.5)], "only in the mart"),
        ([(MONDAY, 0.5), (NEXT_MONDAY, 0.5)], [mart_row(MONDAY, 0.5)], "only in the query"),
        ([(MONDAY, 0.5)], [mart_row(MONDAY, 0.5), mart_row(NEXT_MONDAY, None)], None),
        (
            [(MONDAY, 0.5), (NEXT_MONDAY, 0.5)],
            [mart_row(MONDAY, 0.5), mart_row(NEXT_MONDAY, 0.7, is_complete=False)],
            None,
        ),
        ([], [], "nothing to compare"),
        ([(MONDAY, None)], [mart_row(MONDAY, None)], "nothing to compare"),
    ],
)
def test_a_disagreement_is_seen_on_either_side_and_nothing_does_not_agree_with_nothing(
    query_rows: list[tuple[Any, ...]],
    mart_rows: list[tuple[Any, ...]],
    complaint: str | None,
    healthy: Build,
) -> None:
    _, metric = analysis_and_metric(healthy, METRICS[0])
    metric = replace(metric, statistics={"value": {}})
    found = disagreements(metric, ["period_start", "value"], query_rows, mart_rows)
    assert [complaint in line for line in found] == [True] if complaint else found == []
