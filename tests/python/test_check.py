"""One metric is checked in every way, and what is wrong with it is said."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.check import CheckError, Metrics
from scripts.manifest import PROJECT
from tests.python.builds import Build

METRIC = "carpool_rider_csat"
# What a check reads of the project, its own scripts included.
READ = (
    *("dbt_project.yml", "profiles.yml", ".sqlfluff", ".sqlfluffignore"),
    *("analyses", "macros", "models", "scripts", "seeds", "tests"),
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to check, and to break, parsed anew each time."""
    for name in READ:
        source = PROJECT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def check(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.check", METRIC],
        cwd=project,
        env={**os.environ, "DBT_PROFILES_DIR": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_metric_is_checked_in_every_way_that_it_is_tested(project: Path) -> None:
    result = check(project)
    assert result.returncode == 0, result.stdout + result.stderr
    lines = result.stdout.splitlines()
    assert all(line.startswith("ok") for line in lines), result.stdout
    steps = [re.sub(r"^ok +\d+ s +(.*?): .*", r"\1", line) for line in lines]
    assert [step for step in dict.fromkeys(steps) if step] == [
        *("parse", "healthy world", "degraded world", "mutation", "mutations", "lint")
    ]
    assert "1.1.2-3.T1 is met (" in lines[1]
    assert "1.1.2-3.T1 is missed (" in lines[2]
    assert "caught by" in lines[3]


def test_what_is_wrong_with_a_metric_is_said(project: Path) -> None:
    """A target that nothing can miss, a query that counts revised ratings twice, and two spaces."""
    mart = project / "models" / "ride_sharing" / "marts" / f"mart_{METRIC}.sql"
    edit(mart, "and rated_type", "and  rated_type")
    edit(mart.with_suffix(".yml"), "threshold: 4.5\n", "threshold: 2.5\n")
    query = project / "analyses" / "ride_sharing" / f"{METRIC}.sql"
    edit(query, "where recency = 1", "where recency >= 1")
    result = check(project)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "target 1.1.2-3.T1 is met in the degraded world, expected missed" in result.stdout
    assert f"analyses/ride_sharing/{METRIC}.sql: (" in result.stdout
    assert "not tried, because the build fails" in result.stdout
    assert "LT01" in result.stdout


@pytest.mark.nightly
def test_a_formula_that_its_unit_test_refuses_is_not_built_further(project: Path) -> None:
    mart = project / "models" / "ride_sharing" / "marts" / f"mart_{METRIC}.sql"
    edit(mart, "and rated_type = 'driver'", "and rated_type = 'rider'")
    result = check(project)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "test only_riders_of_carpools_speak_for_riders fails" in result.stdout
    assert f"mart_{METRIC} is not built, because of that" in result.stdout


@pytest.mark.nightly
def test_a_mutation_that_no_test_notices_is_a_failure(project: Path) -> None:
    mutations = project / "scripts" / "mutations" / "ride_sharing.yml"
    text = mutations.read_text(encoding="utf-8")
    unnoticed = f"""{METRIC}:
  - mutation: write the same in another way
    file: models/ride_sharing/marts/mart_{METRIC}.sql
    replace: and rated_type = 'driver'
    with: and rated_type in ('driver')
"""
    mutations.write_text(text.replace(f"{METRIC}:\n", unnoticed), encoding="utf-8")
    result = check(project)
    assert result.returncode == 1, result.stdout + result.stderr
    failed = [line for line in result.stdout.splitlines() if line.startswith("FAIL")]
    assert len(failed) == 1
    assert "write the same in another way: caught by nothing" in failed[0]


def test_a_metric_that_does_not_exist_is_answered_with_those_that_do(healthy: Build) -> None:
    with pytest.raises(CheckError, match=r"no metric 'csat', but .*carpool_rider_csat"):
        Metrics(healthy.manifest(), "csat")
