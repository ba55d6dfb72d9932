"""Builds of the project that the tests share: each world is built once, whoever needs it first."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, make_world, run_dbt


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Build]) -> Build:
    """A build that the processes of one test run share; the others wait for the first."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    finished = shared / f"{name}.pickle"
    with FileLock(shared / f"{name}.lock"):
        if not finished.exists():
            finished.write_bytes(pickle.dumps(build(shared / name)))
    found: Build = pickle.loads(finished.read_bytes())
    return found


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The project as it comes, built from its seeds; a warning or deprecation is an error."""
    arguments = ("--warn-error", "build", "--show-all-deprecations")
    build = built_once(tmp_path_factory, "healthy", lambda folder: run_dbt(folder, *arguments))
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="session")
def degraded(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The degraded worlds, built from files; their target tests fail, so the run does."""

    def build(folder: Path) -> Build:
        for scenario in SCENARIOS:
            # One of them lies in folders of days.
            form = "parquet" if scenario == "cloud_storage" else "csv"
            options = ("--world", "degraded", "--format", form)
            make_world(folder / "world", *options, scenario=scenario)
        # Unit tests bring their own rows; the healthy build has run them.
        arguments = ("build", "--exclude-resource-type", "unit_test")
        return run_dbt(folder, *arguments, variables={"raw_path": str(folder / "world")})

    return built_once(tmp_path_factory, "degraded", build)
