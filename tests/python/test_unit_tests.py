"""Unit tests of formulas. They bring their own rows, so they run while others use the build."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.python.builds import Build, run_dbt


def test_every_unit_test_passes_and_every_mart_has_one(healthy: Build, tmp_path: Path) -> None:
    shutil.copy(healthy.database, tmp_path / healthy.database.name)
    run = run_dbt(tmp_path, "test", "--select", "test_type:unit")
    assert run.exit_code == 0, run.output
    outcomes = run.outcomes()
    manifest = healthy.manifest()
    declared = manifest.unit_tests.values()
    assert {outcomes.get(test["name"]) for test in declared} == {"pass"}
    assert {metric.model for metric in manifest.metrics()} <= {test["model"] for test in declared}
