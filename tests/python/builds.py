"""Runs of dbt and of the world generator, each in a folder of its own.

What the processes of one test run share lies in a folder that `share` names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from scripts import warm_dbt
from scripts.manifest import PROJECT, Manifest, read_manifest
from scripts.scenario_alone import copy_project, scenario_variables

_shared: list[Path] = []


def share(folder: Path) -> None:
    """Use a folder for what all processes of this test run have in common, what dbt parsed too."""
    _shared.append(folder)
    os.environ["GSMT_PARSED"] = str(folder / "parsed")


def shared() -> Path:
    """The folder of what all processes of this test run have in common."""
    return _shared[-1]


@dataclass(frozen=True)
class Build:
    """One run of dbt into a database and target folder of its own."""

    database: Path
    target: Path
    exit_code: int
    output: str
    seconds: float = 0

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection; close it (it is a context manager)."""
        return duckdb.connect(str(self.database), read_only=True)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self.connect() as connection:
            return connection.execute(sql).fetchall()

    def manifest(self) -> Manifest:
        """The manifest that the run wrote."""
        return read_manifest(self.target)

    def severities(self) -> dict[str, str]:
        """Severity of every declared target, by its id, in their order."""
        targets = [target for metric in self.manifest().metrics() for target in metric.targets]
        return {target.id: target.severity for target in sorted(targets, key=lambda one: one.id)}

    def outcomes(self) -> dict[str, str]:
        """Status of each node that ran, by its name."""
        results = json.loads((self.target / "run_results.json").read_text(encoding="utf-8"))
        names = (row["unique_id"].split(".") for row in results["results"])
        statuses = (row["status"] for row in results["results"])
        # A unit test's id holds its model before its own name.
        return {
            name[3] if name[0] == "unit_test" else name[2]: status
            for name, status in zip(names, statuses, strict=True)
        }


class WarmDbt:
    """Runs dbt where the project is parsed already, one run at a time."""

    def __init__(self, process: warm_dbt.WarmDbt) -> None:
        """Use a process that runs dbt."""
        self._process = process

    def run(
        self, folder: Path, *arguments: str, scenario: str | None = None, **options: Any
    ) -> Build:
        """Run dbt in a folder; that it fails is not an error here. Options: scripts.warm_dbt.

        A run that has to do with one scenario takes less time where there are no others.
        """
        if scenario:
            options = {"project": project_of(scenario), **options}
            options["variables"] = scenario_variables(scenario, options.get("variables"))
        run = self._process.run(folder, *arguments, **options)
        places = (folder / "gsmt.duckdb", folder / "target")
        return Build(*places, run.exit_code, run.output, run.seconds)


@cache
def dbt() -> WarmDbt:
    """The one that all tests of this process use."""
    return WarmDbt(warm_dbt.one_for_all())


def run_dbt(folder: Path, *arguments: str, **options: Any) -> Build:
    """Run dbt with database, target and logs in `folder`, as WarmDbt does."""
    return dbt().run(folder, *arguments, **options)


def run_dbt_command(
    folder: Path,
    *arguments: str,
    scenario: str | None = None,
    variables: dict[str, Any] | None = None,
) -> Build:
    """As run_dbt, but as a user runs it: dbt is started and parses, with all that it says then."""
    project = PROJECT
    if scenario:
        project, variables = project_of(scenario), scenario_variables(scenario, variables)
    if variables:
        arguments = (*arguments, "--vars", json.dumps(variables))
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "gsmt.duckdb"
    finished = subprocess.run(
        [Path(sys.executable).with_name("dbt"), *arguments, *warm_dbt.places(folder, project)],
        cwd=PROJECT,
        env={**os.environ, "GSMT_DATABASE": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    output = finished.stdout + finished.stderr
    return Build(database, folder / "target", finished.returncode, output)


def project_of(scenario: str) -> Path:
    """The project without the files of other scenarios, which dbt reads in a third of the time."""
    project = shared() / "projects" / scenario
    with FileLock(f"{project}.lock"):
        if not project.exists():
            copy_project(scenario, project.with_name(f"{scenario}.part")).rename(project)
    return project


def by_day(chosen: Collection[Any], of_all: Iterable[Any]) -> list[Any]:
    """Values to repeat a test with: those that are chosen by day, the rest of all by night."""
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            marks=() if value in chosen else pytest.mark.nightly,
        )
        for value in of_all
    ]


def planted(scenario: str) -> dict[str, Any]:
    """The record of what was planted in a scenario's committed seeds."""
    record = PROJECT / "seeds" / scenario / "planted.json"
    content: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return content


def render(folder: Path, query: str, variables: dict[str, Any] | None = None) -> str:
    """A query that calls the project's macros, as dbt renders it."""
    arguments = ("--quiet", "compile", "--no-write-json", "--output", "json", "--inline", query)
    build = run_dbt(folder, *arguments, variables=variables)
    assert build.exit_code == 0, build.output
    return str(json.loads(build.output)["compiled"])


def make_world(folder: Path, *arguments: str, scenario: str = "ride_sharing") -> Path:
    """A scenario's world below `folder`, made once; returns the raw_path to build it from."""
    made = shared() / "worlds" / "-".join([scenario, *(word.strip("-") for word in arguments)])
    with FileLock(f"{made}.lock"):
        if not made.exists():
            command = [sys.executable, "-m", "scripts.worlds", "generate", scenario]
            command += [*arguments, "--out", f"{made}.part"]
            finished = subprocess.run(
                command, cwd=PROJECT, capture_output=True, text=True, check=False
            )
            assert finished.returncode == 0, finished.stdout + finished.stderr
            Path(f"{made}.part").rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder
