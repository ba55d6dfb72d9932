"""Builds of the project that the tests share: each world is built once, whoever needs it first."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from scripts.degraded_worlds import build_hidden
from scripts.experiments.queries import Run
from scripts.site.pages import Site
from scripts.site.world import read_world
from scripts.spark.machine import missing
from scripts.warm_dbt import ANYWHERE, one_for_all
from scripts.worlds.registry import SCENARIOS
from tests.python import builds
from tests.python.builds import Build, WarmDbt, make_world, run_dbt, shared
from tests.python.deliveries import DAY, FIRST, LAST, NEXT, SECOND, Deliveries, History, Warehouse
from tests.python.rendering import Rendering, rendering

# They take minutes, so they begin: the last file to begin is one of seconds. The first needs no
# build of all rooms; the second makes both, for which others would wait.
LONGEST = (
    *("test_daily_builds", "test_worlds_through_dbt", "test_spark", "test_check"),
    *("test_churn_model", "test_broken_files", "test_unit_tests"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest files begin, and compare statistics on Spark by night.

    By day test_spark does for those that marts of a room are made with.
    """
    for item in items:
        if "spark" in getattr(item, "fixturenames", ()) and item.path.stem != "test_spark":
            item.add_marker(pytest.mark.nightly)
    places = {file: place for place, file in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the processes of one test run have what they share."""
    base = tmp_path_factory.getbasetemp()
    builds.share(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    for folder in ("projects", "worlds"):
        (shared() / folder).mkdir(exist_ok=True)


def built_once(name: str, build: Callable[[Path], Build]) -> Build:
    """A build that the processes of one test run share; the others wait for the first."""
    finished = shared() / f"{name}.pickle"
    with FileLock(shared() / f"{name}.lock"):
        if not finished.exists():
            finished.write_bytes(pickle.dumps(build(shared() / name)))
    found: Build = pickle.loads(finished.read_bytes())
    return found


@pytest.fixture(scope="session")
def healthy() -> Build:
    """The project as it comes, built from its seeds; a warning is an error.

    Those of parsing are errors of `make lint`.
    """
    # Unit tests bring their own rows, and run in a test of their own.
    arguments = ("--warn-error", "build", "--exclude-resource-type", "unit_test")
    build = built_once("healthy", lambda folder: run_dbt(folder, *arguments))
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="session")
def degraded() -> Build:
    """The degraded worlds, built from files; their target tests fail, so the run does."""

    def build(folder: Path) -> Build:
        for scenario in SCENARIOS:
            # One of them lies in folders of days.
            form = "parquet" if scenario == "cloud_storage" else "csv"
            options = ("--world", "degraded", "--format", form)
            make_world(folder / "world", *options, scenario=scenario)
        arguments = ("build", "--exclude-resource-type", "unit_test")
        return run_dbt(folder, *arguments, variables={"raw_path": str(folder / "world")})

    return built_once("degraded", build)


@pytest.fixture(scope="session")
def hidden() -> Build:
    """What exercises read, of worlds that one does not see."""

    def build(folder: Path) -> Build:
        run = build_hidden(one_for_all(), folder)
        assert run.exit_code == 0, run.output
        return Build(folder / "gsmt.duckdb", folder / "target", run.exit_code, run.output)

    return built_once("hidden", build)


@pytest.fixture(scope="session")
def site(healthy: Build, degraded: Build, hidden: Build) -> Path:
    """The folder of the site of both worlds."""
    folder = shared() / "site"
    with FileLock(shared() / "site.lock"):
        if not folder.exists():
            manifest = healthy.manifest()
            worlds = [
                read_world(manifest, healthy.database, "healthy", "Healthy"),
                read_world(manifest, degraded.database, "degraded", "Degraded"),
            ]
            part = folder.with_name("site.part")
            Site(manifest, worlds, part, hidden=hidden.database).write()
            part.rename(folder)
    return folder


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs the queries of the statistics and of targets on Spark, where there is one.

    Its start takes longer than they do, so all tests of a process have the same.
    """
    if lack := missing():
        pytest.skip(lack)
    # They take seconds to load, and most processes have no test that needs them.
    from scripts.experiments.comparison import QUERIES
    from scripts.experiments.spark_queries import spark_runner
    from tests.python.test_target_intervals import OF_TARGETS

    return spark_runner(QUERIES | OF_TARGETS, tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="session")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deliveries]:
    """A small world, received day by day."""
    folder = tmp_path_factory.mktemp("deliveries")
    world = make_world(folder / "world", "--users", "2000", "--format", "parquet")
    found = Deliveries(world, folder / "files", FIRST)
    yield found
    found.close()


@pytest.fixture(scope="session")
def dbt() -> WarmDbt:
    """One process for all runs."""
    return builds.dbt()


@pytest.fixture(scope="session")
def warehouse(
    tmp_path_factory: pytest.TempPathFactory, deliveries: Deliveries, dbt: WarmDbt
) -> Warehouse:
    """The one warehouse; each test puts into it what it starts from."""
    return Warehouse(tmp_path_factory.mktemp("warehouse"), deliveries, dbt)


@pytest.fixture(scope="session")
def history(warehouse: Warehouse) -> History:
    """A whole build, two daily ones, and one after nine days without any."""
    warehouse.restore(None)
    databases, seconds = {}, {}
    for day in (DAY, NEXT, SECOND, LAST):
        warehouse.deliver(day)
        seconds[day] = warehouse.build().seconds
        databases[day] = warehouse.keep(day.isoformat())
    return History(databases, seconds)


@pytest.fixture(scope="session")
def rebuilt(warehouse: Warehouse) -> Path:
    """Everything built anew at the end of the last day."""
    warehouse.restore(None)
    warehouse.deliver(LAST)
    warehouse.build()
    return warehouse.keep("rebuilt")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendering]:
    """The project's macros in this process."""
    folder = tmp_path_factory.mktemp("rendering")
    with rendering(folder, raw_path=ANYWHERE, event_mapping={}) as found:
        yield found
