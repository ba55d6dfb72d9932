"""SQL runs on the project's own database as it was exported, and metrics are read by name."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from scripts.manifest import PROJECT
from scripts.query import app
from scripts.sql_export.agreement import disagreements, mart_query
from scripts.sql_export.analyses import read_analyses
from scripts.sql_export.export import exported_files
from scripts.sql_export.tables import event_tables, star_schema_tables
from tests.python.builds import Build, run_dbt

SCENARIOS = sorted(folder.name for folder in (PROJECT / "analyses").iterdir() if folder.is_dir())


def ask(build: Build, *arguments: str) -> Result:
    places = ("--database", str(build.database), "--target", str(build.target))
    return CliRunner().invoke(app, [*arguments, *places])


def exported_for_duckdb(build: Build) -> dict[str, str]:
    files = exported_files(build.manifest())
    return dict(takewhile(lambda file: file[0].startswith("duckdb/"), files))


@pytest.mark.parametrize("world", ["healthy", "degraded"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_exported_query_runs_on_the_database_of_a_build_as_it_is_pasted(
    scenario: str, world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    manifest, exported = build.manifest(), exported_for_duckdb(build)
    metrics = {metric.name: metric for metric in manifest.metrics()}
    complaints = {}
    with build.connect() as connection:
        connection.execute(f"use {scenario}")
        for analysis in read_analyses(manifest):
            if analysis.scenario == scenario:
                metric = metrics[analysis.metric]
                answer = connection.execute(exported[f"duckdb/{scenario}/{analysis.name}.sql"])
                columns = [column[0] for column in answer.description or []]
                rows = answer.fetchall()
                mart = connection.execute(mart_query(metric, analysis)).fetchall()
                complaints[analysis.name] = disagreements(metric, columns, rows, mart)
    assert complaints
    assert {name: found for name, found in complaints.items() if found} == {}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_exported_table_is_there_by_its_name_and_no_other(
    healthy: Build, scenario: str
) -> None:
    manifest = healthy.manifest()
    tables = [*event_tables(manifest, scenario), *star_schema_tables(manifest, scenario)]
    found = healthy.query(
        f"from information_schema.tables select table_name where table_schema = '{scenario}'"
    )
    assert sorted(name for (name,) in found) == sorted(table.name for table in tables)


def test_raw_events_may_not_lie_where_the_views_are_made(tmp_path: Path) -> None:
    build = run_dbt(
        tmp_path,
        *("run", "-s", "stg_messenger__message_sent"),
        variables={"raw_schema": "messenger"},
        scenario="messenger",
    )
    assert build.exit_code != 0
    assert "puts views of clean events into schema 'messenger'" in build.output


def test_a_metric_is_read_by_name_slice_and_grain(healthy: Build) -> None:
    result = ask(healthy, "--metric", "carpool_ride_penetration", "--by", "city", "--grain", "week")
    assert result.exit_code == 0, result.output
    title, columns, *lines = result.output.splitlines()
    assert title == "carpool_ride_penetration.value (share of rides) by city and week"
    assert columns.split() == [
        *("period", "member", "value", "numerator", "denominator", "is_complete")
    ]
    expected = healthy.query(
        """
        select period_start, member, numerator / denominator, is_complete
        from mart_carpool_ride_penetration
        where period_grain = 'week' and dimension = 'city'
        order by period_start, member
        """
    )
    assert len(lines) == len(expected) > 100
    for line, (period, member, value, is_complete) in zip(lines, expected, strict=True):
        words = line.split()
        assert (words[0], words[1], words[-1]) == (str(period), member, str(is_complete).lower())
        assert float(words[2]) == pytest.approx(value, rel=1e-5)


def test_what_is_not_asked_for_has_a_sensible_default(healthy: Build) -> None:
    result = ask(healthy, "--metric", "carpool_active_users")
    assert result.output.startswith("carpool_active_users.dau (riders) by all and day;")
    assert "; other statistics: wau, mau\n" in result.output
    assert ask(healthy, "--metric", "carpool_rider_csat").output.startswith(
        "carpool_rider_csat.value (stars) by all and week\n"
    )


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_an_analysis_and_its_export_give_the_same_answer(
    world: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    build: Build = request.getfixturevalue(world)
    name = "carpool_rider_csat"
    exported = tmp_path / "ride_sharing" / f"{name}.sql"
    exported.parent.mkdir()
    exported.write_text(exported_for_duckdb(build)[f"duckdb/ride_sharing/{name}.sql"])
    analysis = PROJECT / "analyses" / "ride_sharing" / f"{name}.sql"
    answers = [ask(build, "--sql", str(path)) for path in (exported, analysis)]
    assert [answer.exit_code for answer in answers] == [0, 0]
    rows = [answer.output.splitlines()[1:] for answer in answers]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 10


def test_a_file_may_name_the_scenario_whose_tables_it_means_and_marts(
    healthy: Build, tmp_path: Path
) -> None:
    path = tmp_path / "mine.sql"
    path.write_text("select count(*) as days from dim_dates")
    for scenario in SCENARIOS:
        ((days,),) = healthy.query(f"select count(*) from dim_{scenario}__dates")
        result = ask(healthy, "--sql", str(path), "--scenario", scenario)
        assert result.output.split()[-2:] == ["days", str(days)]
    path.write_text("select count(*) as targets from target_status")
    ((targets,),) = healthy.query("select count(*) from target_status")
    assert ask(healthy, "--sql", str(path)).output.split()[-2:] == ["targets", str(targets)]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--metric", "csat"], "there is no metric 'csat', but manual_searches_per_user, "),
        (
            ["--metric", "carpool_rider_csat", "--by", "town"],
            "carpool_rider_csat has no slice 'town', but all, city, platform, ",
        ),
        (
            ["--metric", "carpool_rider_csat", "--grain", "year"],
            "carpool_rider_csat has no grain 'year', but day, month, week",
        ),
        (
            ["--metric", "carpool_active_users", "--statistic", "value"],
            "carpool_active_users has no statistic 'value', but dau, wau, mau",
        ),
        (["--sql", "none.sql"], "there is no file none.sql"),
        ([], "name one of --metric (METRIC=name) and --sql (SQL=file.sql)"),
    ],
)
def test_a_wrong_question_is_answered_with_what_there_is(
    healthy: Build, arguments: list[str], complaint: str
) -> None:
    result = ask(healthy, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {complaint}")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("select * from ride_completions", "Table with name ride_completions does not exist"),
        ("select * from {{ ref('stg_rides') }}", "there is no model 'stg_rides', but "),
        ("create table gsmt.main.mine as select 1 as one", "read-only"),
    ],
)
def test_sql_that_does_not_run_is_an_error_in_one_line_and_nothing_is_written(
    healthy: Build, tmp_path: Path, sql: str, complaint: str
) -> None:
    path = tmp_path / "mine.sql"
    path.write_text(sql)
    result = ask(healthy, "--sql", str(path))
    assert result.exit_code == 2
    assert complaint in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_before_the_first_build_the_command_says_what_to_do(healthy: Build, tmp_path: Path) -> None:
    no_database = Build(tmp_path / "none.duckdb", healthy.target, 0, "")
    no_manifest = Build(tmp_path / "none.duckdb", tmp_path, 0, "")
    empty = Build(tmp_path / "empty.duckdb", healthy.target, 0, "")
    duckdb.connect(str(empty.database)).close()
    path = tmp_path / "mine.sql"
    path.write_text("select 1 as one")
    for build in (no_database, no_manifest, empty):
        for arguments in (["--metric", "carpool_rider_csat"], ["--sql", str(path)]):
            result = ask(build, *arguments)
            assert result.exit_code == 2, (build, arguments)
            assert "make build" in result.stderr
