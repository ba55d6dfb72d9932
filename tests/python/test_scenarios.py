"""Whether a scenario stands alone: switched on by itself, or built after another build."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from scripts.manifest import PROJECT
from tests.python.builds import Build, WarmDbt, run_dbt
from tests.python.test_structure import SCENARIOS

# The records of daily builds are empty where seeds are built.
CATALOG = sorted(
    path.stem
    for path in (PROJECT / "models" / "catalog").glob("*.sql")
    if path.stem not in ("complete_builds", "raw_days")
)
SWITCHED_ON = "cloud_storage"
MODELS = ("--exclude-resource-type", "test", "unit_test")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A fresh database in which one scenario is built; a warning is an error.

    What vars say of the others is not read.
    """
    folder = tmp_path_factory.mktemp("alone")
    arguments = ("--warn-error", "build", "--exclude-resource-type", "unit_test")
    variables = {
        "scenarios": SWITCHED_ON,
        "launches": {"ride_sharing": "2026-03-02"},
        "absent_events": ["messenger.app_uninstall"],
        "calendar_events": {"messenger": "conversation_created"},
    }
    return run_dbt(folder, *arguments, variables=variables)


@pytest.fixture
def healthy_copy(healthy: Build, tmp_path: Path) -> Path:
    """A folder with a copy of the database in which everything is built."""
    shutil.copyfile(healthy.database, tmp_path / healthy.database.name)
    return tmp_path


def verdicts(build: Build) -> set[tuple[str, str, str]]:
    """Scenario, status, and where the events lay, of all that is published."""
    return set(build.query("select distinct scenario, status, built_from from target_status"))


def test_every_scenario_is_published(healthy: Build) -> None:
    for published in ("metric_values", "target_status"):
        found = healthy.query(f"select distinct scenario from {published} order by 1")
        assert [scenario for (scenario,) in found] == SCENARIOS


def test_a_scenario_that_is_switched_on_alone_is_built_whole_and_without_a_warning(
    alone: Build,
) -> None:
    assert alone.exit_code == 0, alone.output
    assert verdicts(alone) == {(SWITCHED_ON, "met", "seeds")}
    for published in CATALOG:
        ((rows,),) = alone.query(f"select count(*) from {published}")
        assert rows > 0, published
    assert alone.query("select scenario from catalog_questions") == [(SWITCHED_ON,)]


@pytest.mark.nightly
@pytest.mark.parametrize("place", ["raw_path", "raw_schema"])
def test_a_scenario_alone_of_your_own_events_is_read_without_a_warning(
    tmp_path: Path, place: str
) -> None:
    variables = {"scenarios": SWITCHED_ON, place: "own_events"}
    build = run_dbt(tmp_path, "--warn-error", "parse", variables=variables)
    assert build.exit_code == 0, build.output


def test_nothing_of_a_scenario_that_is_switched_off_is_left(alone: Build) -> None:
    manifest = alone.manifest()
    paths = {
        str(node["original_file_path"])
        for nodes in (manifest.nodes, manifest.exposures, manifest.unit_tests)
        for node in nodes.values()
        # dbt keeps the generic tests of a model that is switched off, and runs none.
        if node["config"]["enabled"]
    }
    assert any(SWITCHED_ON in path for path in paths if path.startswith("analyses"))
    others = [scenario for scenario in SCENARIOS if scenario != SWITCHED_ON]
    assert [path for path in paths if any(other in path for other in others)] == []


def test_a_scenario_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    variables = {"scenarios": ["messenger", "ride_sharin"]}
    build = run_dbt(tmp_path, "parse", variables=variables, scenario="messenger")
    assert build.exit_code != 0
    known = ", ".join(SCENARIOS)
    assert f'scenarios: "ride_sharin" is not one of {known}' in build.output


def test_where_one_scenario_is_built_the_catalog_answers_of_it(
    healthy_copy: Path, dbt: WarmDbt
) -> None:
    with duckdb.connect(str(healthy_copy / "gsmt.duckdb")) as connection:
        for name, kind in connection.execute(
            "select table_name, replace(table_type, 'BASE ', '') from information_schema.tables"
            " where table_schema = 'main' and list_contains(?, table_name)",
            [CATALOG],
        ).fetchall():
            connection.execute(f"drop {kind} {name}")
        for scenario in SCENARIOS:
            connection.execute(f"drop view {scenario}__metric_values")
            connection.execute(f"drop table {scenario}__target_status")
        # As a version that published tables left it.
        connection.execute("create table target_status as select 'met' as status")
    build = dbt.run(healthy_copy, "run", "--select", "ride_sharing.targets")
    assert build.exit_code == 0, build.output
    assert verdicts(build) == {("ride_sharing", "met", "seeds")}
    assert build.query("select distinct scenario from metric_values") == [("ride_sharing",)]
    assert len(build.query("from catalog_questions")) == len(build.manifest().questions())


def test_after_a_degraded_build_of_one_scenario_every_published_status_says_so(
    healthy_copy: Path, healthy: Build, degraded: Build, dbt: WarmDbt
) -> None:
    world = str(degraded.target.parent / "world")
    build = dbt.run(
        healthy_copy, "build", "-s", "ride_sharing", *MODELS, variables={"raw_path": world}
    )
    assert build.exit_code == 0, build.output
    assert verdicts(build) == {
        ("ride_sharing", "missed", f"raw_path {world}"),
        *((name, "met", "seeds") for name in SCENARIOS if name != "ride_sharing"),
    }
    assert build.query("select count(distinct built_at) from target_status") == [(2,)]
    values = """
        select period_start, round(value, 6) from metric_values
        where metric_id = 'carpool_rider_csat' and dimension = 'all' order by all
    """
    assert build.query(values) == degraded.query(values) != healthy.query(values)


def test_a_run_that_renews_a_mart_says_of_which_build_the_status_is(
    healthy_copy: Path, dbt: WarmDbt
) -> None:
    build = dbt.run(healthy_copy, "run", "-s", "mart_carpool_rider_csat")
    ((built_at,),) = build.query("select distinct built_at from ride_sharing__target_status")
    assert (
        f"ride_sharing__target_status was not built in this run: it is of the build of {built_at}"
        " from seeds. dbt build --select ride_sharing__target_status+ judges anew"
    ) in build.output
    assert "cloud_storage__target_status was not built" not in build.output
