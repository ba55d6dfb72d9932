"""MetricFlow's answers are those of the marts, in both worlds, and what it cannot say is listed."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from scripts.manifest import PROJECT
from scripts.semantic_layer.__main__ import built_scenarios
from scripts.semantic_layer.expressions import InexpressibleError, Measure, formula_of, of_one_row
from scripts.semantic_layer.files import FOLDER, PAGE
from scripts.semantic_layer.metricflow import MANIFEST, Renderer
from scripts.sync import COMMAND, files_left_over
from scripts.target_status import NotBuiltError
from tests.python.builds import Build, run_dbt

SCENARIOS = sorted(path.parent.name for path in PROJECT.glob("models/*/staging"))
# A cohort is the newcomers of a week.
TRUNCATED_TO = {"cohort": "week"}
AS_GOOD_AS_EQUAL = {"rel_tol": 1e-9, "abs_tol": 1e-9}


@dataclass(frozen=True)
class Layer:
    """The semantic layer as dbt reads it: facts of each metric, and the SQL of each view.

    `windows` are the metrics of trailing days: of days that a mart's window does not cover it says
    nothing, and MetricFlow counts those that there are.
    """

    metrics: dict[str, dict[str, Any]]
    windows: frozenset[str]
    views: dict[str, str]
    manifest: Path


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> Layer:
    pytest.importorskip("metricflow", reason="MetricFlow is not installed")
    folder = tmp_path_factory.mktemp("semantic")
    arguments = ("compile", "--select", "path:semantic")
    build = run_dbt(folder, *arguments, variables={"semantic_layer": "built"})
    assert build.exit_code == 0, build.output
    content = json.loads((build.target / "manifest.json").read_text(encoding="utf-8"))
    declared = {metric["name"]: metric for metric in content["metrics"].values()}
    metrics = {
        name: metric["config"]["meta"]["gsmt"]
        for name, metric in declared.items()
        if "statistic" in metric["config"]["meta"].get("gsmt", {})
    }
    windows = {name for name, metric in declared.items() if metric["type"] == "cumulative"}
    windows |= {
        name
        for name, metric in declared.items()
        if metric["type"] == "ratio" and metric["type_params"]["denominator"]["name"] in windows
    }
    views = {
        node["name"]: node["compiled_code"]
        for node in content["nodes"].values()
        if node["original_file_path"].startswith("semantic/")
    }
    return Layer(metrics, frozenset(windows), views, build.target / MANIFEST)


@pytest.fixture(scope="module")
def renderer(layer: Layer) -> Renderer:
    return Renderer(layer.manifest)


def opened(build: Build, layer: Layer) -> duckdb.DuckDBPyConnection:
    """A build, and beside it the views of the semantic layer."""
    connection = duckdb.connect()
    connection.execute(f"attach '{build.database}' as gsmt (read_only)")
    for name, sql in layer.views.items():
        connection.execute(f'create view "{name}" as {sql}')
    return connection


def of_views(sql: str, views: dict[str, str]) -> str:
    """A query of MetricFlow's with the views where they are here."""
    return re.sub(
        r'"gsmt"\."main"\."(\w+)"',
        lambda found: f'"memory"."main"."{found[1]}"' if found[1] in views else found[0],
        sql,
    )


def day_of(start: Any) -> date:
    """The day that a period begins with; MetricFlow has it as a time."""
    return start.date() if isinstance(start, datetime) else start


def published(
    connection: duckdb.DuckDBPyConnection, facts: dict[str, Any], grain: str, by: str
) -> dict[tuple[date, str], float | None]:
    rows = connection.execute(
        f"""
        select period_start, member, value
        from gsmt.main.{facts["mart"]}
        where period_grain = ? and dimension = ? and statistic = ?
        """,
        [grain, by, facts["statistic"]],
    ).fetchall()
    return {(start, member): value for start, member, value in rows}


def difference(
    mart: dict[tuple[date, str], float | None],
    answered: dict[tuple[date, str], float | None],
    is_window: bool,
) -> str:
    """The first value that is not the mart's, in words."""
    for key, value in mart.items():
        found = answered.get(key)
        if value is None and (found is None or is_window):
            continue
        # What never happened is zero in a mart, and no row of MetricFlow's.
        if found is None and value == 0:
            continue
        if value is None or found is None or not math.isclose(value, found, **AS_GOOD_AS_EQUAL):
            return f"{key}: {value} in the mart, {found} by MetricFlow"
    # A member without a name is in no mart's slice, and a window goes on after the calendar's end.
    last = max((start for start, _ in mart), default=date.min)
    unknown = [
        key
        for key, value in answered.items()
        if value and key not in mart and None not in key and not (is_window and key[0] > last)
    ]
    return f"{unknown[0]} is not in the mart" if unknown else ""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_metric_is_its_marts_in_both_worlds_by_two_slices(
    scenario: str, layer: Layer, renderer: Renderer, healthy: Build, degraded: Build
) -> None:
    worlds = {"healthy": opened(healthy, layer), "degraded": opened(degraded, layer)}
    compared, wrong = 0, []
    of_room = {
        name: facts for name, facts in layer.metrics.items() if facts["scenario"] == scenario
    }
    for position, (name, facts) in enumerate(of_room.items()):
        # Each grain is asked of many metrics, and of each metric one.
        grain = facts["grains"][position % len(facts["grains"])]
        for by in ["all", *facts["slices"]][:3]:
            slices = [] if by == "all" else [by]
            sql = of_views(
                renderer.sql([name], TRUNCATED_TO.get(grain, grain), slices), layer.views
            )
            for world, connection in worlds.items():
                rows = connection.execute(sql).fetchall()
                answered = {(day_of(row[0]), row[1] if slices else "all"): row[-1] for row in rows}
                mart = published(connection, facts, grain, by)
                found = difference(mart, answered, name in layer.windows)
                compared += sum(value is not None for value in mart.values())
                if found:
                    wrong.append(f"{name} by {by} and {grain} ({world}): {found}")
    for connection in worlds.values():
        connection.close()
    assert wrong == []
    assert compared > 1_000


# Renders the marts in a process of its own, since dbt keeps one connection for each.
WRITE_ANEW = """
import sys
from pathlib import Path
from scripts.manifest import read_manifest
from scripts.semantic_layer.calls import marts_with_calls
from scripts.semantic_layer.files import layer_files
from scripts.semantic_layer.layer import layer_of
from scripts.sync import WRITTEN, differences, files_left_over
from tests.python.rendering import rendering
with rendering(Path(sys.argv[1])) as found:
    layers = [layer_of(mart) for mart in marts_with_calls(read_manifest(Path(sys.argv[2])), found)]
texts = layer_files(layers, WRITTEN)
print(*differences(texts), *files_left_over(texts), sep="\\n")
"""


def test_every_file_of_the_semantic_layer_stands_as_it_is_written(
    healthy: Build, tmp_path: Path
) -> None:
    written = subprocess.run(
        [sys.executable, "-c", WRITE_ANEW, str(tmp_path), str(healthy.target)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 0, written.stderr
    assert written.stdout.split() == [], f"run `{COMMAND}`"


def test_a_file_that_nothing_writes_any_longer_is_found(tmp_path: Path) -> None:
    (tmp_path / "models/ferries/staging").mkdir(parents=True)
    for path in ("ferries/ferries__rows_of_joy.sql", "ferries/_ferries__semantic.yml"):
        (tmp_path / "semantic" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "semantic" / path).touch()
    (tmp_path / "semantic/calendar").mkdir()
    (tmp_path / "semantic/calendar/time_spine.sql").touch()
    written = {Path("semantic/ferries/_ferries__semantic.yml"): ""}
    left_over = [Path("semantic/ferries/ferries__rows_of_joy.sql")]
    assert files_left_over(written, tmp_path) == left_over


@pytest.mark.parametrize(
    ("sql", "text", "measures"),
    [
        ("count(*)", "{0}", [("sum", "1")]),
        ("1000 * sum(tickets)", "1000 * {0}", [("sum", "COALESCE(tickets, 0)")]),
        ("count(distinct user_id)", "{0}", [("count_distinct", "user_id")]),
        (
            "sum(seconds) filter (where is_done)",
            "{0}",
            [("sum", "COALESCE(CASE WHEN is_done THEN seconds END, 0)")],
        ),
        (
            "sum(a) * sum(b) + sum(a)",
            "{0} * {1} + {0}",
            [("sum", "COALESCE(a, 0)"), ("sum", "COALESCE(b, 0)")],
        ),
        ("1", "1", []),
    ],
)
def test_an_expression_is_taken_apart_into_measures(
    sql: str, text: str, measures: list[tuple[str, str]]
) -> None:
    formula, slices = formula_of(sql)
    found = [(measure.aggregation, measure.expression) for measure in formula.measures]
    assert (formula.text, found, slices) == (text, measures, set())


def test_a_slice_with_another_sum_is_told_apart() -> None:
    sql = (
        "case when grouping(step) = 0 then sum(x) else sum(case when step = 'first' then x end) end"
    )
    formula, slices = formula_of(sql)
    assert slices == {"step"}
    assert formula.only == Measure("sum", "COALESCE(CASE WHEN step = 'first' THEN x END, 0)")


def test_what_no_measure_can_be_is_refused() -> None:
    with pytest.raises(InexpressibleError, match="no measure is a"):
        formula_of("median(seconds)")


def test_a_mean_of_each_users_own_mean_does_not_add_up() -> None:
    assert formula_of("sum(ms) / 60000e0")[0].adds_up
    assert not formula_of("sum(ms) / 60000e0 / count(*)")[0].adds_up
    assert of_one_row("sum(ms) / 60000e0 / count(*)") == "ms / 60000e0 / 1"


def test_every_statistic_is_a_metric_or_is_listed_with_its_reason(healthy: Build) -> None:
    listed = set(re.findall(r"(?m)^\| `(\w+)` \| `(\w+)` \|", (PROJECT / PAGE).read_text("utf-8")))
    there = set()
    for path in (PROJECT / FOLDER).glob("*/_*__semantic.yml"):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for metric in content["metrics"]:
            facts = metric["config"]["meta"]["gsmt"]
            if "statistic" in facts:
                there.add((facts["mart"].removeprefix("mart_"), facts["statistic"]))
    declared = {
        (metric.name, statistic)
        for metric in healthy.manifest().metrics()
        for statistic in metric.statistics
    }
    assert there <= declared
    assert declared - there <= listed


def test_the_layer_is_of_the_scenarios_that_have_been_built(healthy: Build, tmp_path: Path) -> None:
    database = tmp_path / "gsmt.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table other (number integer)")
    with pytest.raises(NotBuiltError, match="no scenario is built in"):
        built_scenarios(healthy.manifest(), database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table dim_ride_sharing__dates (date_day date)")
    assert built_scenarios(healthy.manifest(), database) == ["ride_sharing"]
