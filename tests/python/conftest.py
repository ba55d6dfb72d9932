"""Builds of the project that the tests share: each world is built once a session."""

from __future__ import annotations

import pytest

from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, make_world, run_dbt


@pytest.fixture(scope="session")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The project as it comes, built from its seeds; a warning or deprecation is an error."""
    build = run_dbt(
        tmp_path_factory.mktemp("healthy"), "--warn-error", "build", "--show-all-deprecations"
    )
    assert build.exit_code == 0, build.output
    return build


@pytest.fixture(scope="session")
def degraded(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The degraded worlds, built from files; their target tests fail, so the run does."""
    folder = tmp_path_factory.mktemp("degraded")
    for scenario in SCENARIOS:
        # One of them lies in folders of days.
        form = "parquet" if scenario == "cloud_storage" else "csv"
        options = ("--world", "degraded", "--format", form)
        make_world(folder / "world", *options, scenario=scenario)
    # Unit tests bring their own rows; the healthy build has run them.
    arguments = ("build", "--exclude-resource-type", "unit_test")
    return run_dbt(folder, *arguments, variables={"raw_path": str(folder / "world")})
