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

QUERIES = sorted(path.stem for path in (PROJECT / "analyses").glob("*/*.sql"))
# A trained model does not fit on a whiteboard: what is made of its scores does.
SCORED = {"churn_prediction_score"}
# Coordinates and addresses end in staging, and what cities they are in is no event: queries begin
# with the cities of signals, and those of moves with the cities of users.
OF_LOCATIONS = "2.1.2"
# A catalogue is no event, and nothing but itself says what was on offer: whoever needs it reads it.
CATALOGUES = {"dim_streaming__titles", "dim_streaming__episodes"}


@cache
def manifest_of(build: Build) -> Manifest:
    return build.manifest()


@cache
def analyses_of(build: Build) -> dict[str, Analysis]:
    return {found.name: found for found in read_analyses(manifest_of(build))}


@cache
def metrics_of(build: Build) -> dict[str, Metric]:
    return {metric.name: metric for metric in manifest_of(build).metrics()}


def test_every_metric_has_its_number_its_slice_and_in_full_what_these_leave_out(
    healthy: Build,
) -> None:
    analyses = analyses_of(healthy)
    assert sorted(analyses) == QUERIES
    written: dict[str, list[Analysis]] = {name: [] for name in metrics_of(healthy)}
    for analysis in analyses.values():
        written[analysis.metric].append(analysis)

    for name, metric in metrics_of(healthy).items():
        assert name in analyses
        assert [one.name for one in written[name] if one.slice], name
        # Held against events; what reads facts agrees with the mart about more than it should.
        from_events = [one for one in written[name] if not one.is_full and "reads" not in one.facts]
        given = {column for one in from_events for column in one.columns}
        full = analyses.get(f"{name}_in_full")
        assert full or metric.statistics.keys() <= given, name
        assert full is None or metric.statistics.keys() <= set(full.columns), name


@pytest.mark.parametrize("name", [name for name in QUERIES if not name.endswith("_in_full")])
def test_a_query_for_the_whiteboard_fits_on_it_and_gives_the_number_that_counts(
    name: str, healthy: Build
) -> None:
    analysis = analyses_of(healthy)[name]
    metric = metrics_of(healthy)[analysis.metric]
    assert len(analysis.body.splitlines()) <= 25
    assert len(analysis.header.splitlines() + analysis.body.splitlines()) <= 30
    # What is judged, or else the first, which is the value.
    numbers = {next(iter(metric.statistics)), *(target.statistic for target in metric.targets)}
    assert numbers & set(analysis.columns)


@pytest.mark.parametrize("world", ["healthy", "degraded"])
@pytest.mark.parametrize("name", QUERIES)
def test_the_whiteboard_query_agrees_with_the_mart(
    name: str, world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    analysis = analyses_of(build)[name]
    metric = metrics_of(build)[analysis.metric]
    sql = analysis.sql(lambda model: str(manifest_of(build).model(model)["relation_name"]))
    with build.connect() as connection:
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description or []]
        rows = answer.fetchall()
        mart_rows = connection.execute(mart_query(metric, analysis)).fetchall()
    assert disagreements(metric, columns, rows, mart_rows) == []


@pytest.mark.parametrize("name", QUERIES)
def test_the_whiteboard_query_names_its_question_goal_metric_and_trap(
    name: str, healthy: Build
) -> None:
    analysis = analyses_of(healthy)[name]
    metric = metrics_of(healthy)[analysis.metric]
    questions = {question.id: question for question in manifest_of(healthy).questions()}
    question = questions[metric.question]
    goals = {area["id"]: area["goal"] for area in question.areas}

    assert analysis.facts["question"] == f"{question.id} {question.title}"
    assert analysis.facts["goal"] == goals[metric.area]
    by_slice = f" by {analysis.slice}" if analysis.slice else ""
    assert analysis.facts["metric"].startswith(f"{metric.name}{by_slice}, ")
    assert analysis.facts["grain"] in {"day", "week", "month", "cohort"}
    # A full query says its traps above, a short one where it bites.
    assert analysis.facts["trap"] if analysis.is_full else "-- trap: " in analysis.body


@pytest.mark.parametrize("name", QUERIES)
def test_the_whiteboard_query_reads_clean_events_or_says_which_facts_it_reads(
    name: str, healthy: Build
) -> None:
    analysis = analyses_of(healthy)[name]
    metric = metrics_of(healthy)[analysis.metric]
    scenario = metric.scenario
    signals = manifest_of(healthy).signals()
    events = {signal.model for signal in signals if not signal.is_derived}
    facts = analysis.references - events - CATALOGUES
    assert analysis.scenario == scenario
    assert analysis.references
    assert bool(facts) == ("reads" in analysis.facts)
    assert all(fact.startswith((f"fct_{scenario}__", f"dim_{scenario}__")) for fact in facts)
    reads_facts_in_full = analysis.metric in SCORED or metric.question == OF_LOCATIONS
    assert not facts or not analysis.is_full or reads_facts_in_full
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
    metric = replace(next(iter(metrics_of(healthy).values())), statistics={"value": {}})
    found = disagreements(metric, ["period_start", "value"], query_rows, mart_rows)
    assert [complaint in line for line in found] == [True] if complaint else found == []


@pytest.mark.parametrize(
    ("query_rows", "complaint"),
    [
        ([(MONDAY, "Austin", 0.5), (MONDAY, "Lisbon", 0.25)], None),
        ([(MONDAY, "Austin", 0.5)], "only in the mart"),
        (
            [(MONDAY, "Austin", 0.5), (MONDAY, "Lisbon", 0.25), (MONDAY, "all", 0.4)],
            "only in the query",
        ),
    ],
)
def test_a_query_by_a_slice_gives_each_member_and_no_total(
    query_rows: list[tuple[Any, ...]], complaint: str | None, healthy: Build
) -> None:
    metric = metrics_of(healthy)["carpool_ride_penetration"]
    mart_rows = [
        (MONDAY, "city", "Austin", "value", 0.5, True),
        (MONDAY, "city", "Lisbon", "value", 0.25, True),
    ]
    found = disagreements(metric, ["period_start", "city", "value"], query_rows, mart_rows)
    assert [complaint in line for line in found] == [True] if complaint else found == []


def test_a_query_that_gives_no_statistic_is_an_error(healthy: Build) -> None:
    metric = metrics_of(healthy)["carpool_ride_penetration"]
    with pytest.raises(ValueError, match="no column for any of"):
        disagreements(metric, ["period_start", "share"], [(MONDAY, 0.5)], [])
