"""Runs of dbt and of the world generator, each in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.manifest import PROJECT, Manifest, read_manifest


@dataclass(frozen=True)
class Build:
    """One run of dbt into a database and target folder of its own."""

    database: Path
    target: Path
    exit_code: int
    output: str

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


def run_dbt(folder: Path, *arguments: str, variables: dict[str, Any] | None = None) -> Build:
    """Run dbt with database, target and logs in `folder`; that it fails is not an error here."""
    folder.mkdir(parents=True, exist_ok=True)
    database, target = folder / "gsmt.duckdb", folder / "target"
    command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", *arguments]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(target), "--log-path", str(folder / "logs")]
    if variables:
        command += ["--vars", json.dumps(variables)]
    finished = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, "GSMT_DATABASE": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Build(database, target, finished.returncode, finished.stdout + finished.stderr)


def planted(scenario: str) -> dict[str, Any]:
    """The record of what was planted in a scenario's committed seeds."""
    record = PROJECT / "seeds" / scenario / "planted.json"
    content: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return content


def render(folder: Path, query: str, variables: dict[str, Any] | None = None) -> str:
    """A query that calls the project's macros, as dbt renders it."""
    arguments = ("--quiet", "compile", "--output", "json", "--inline", query)
    build = run_dbt(folder, *arguments, variables=variables)
    assert build.exit_code == 0, build.output
    return str(json.loads(build.output)["compiled"])


def make_world(folder: Path, *arguments: str, scenario: str = "ride_sharing") -> Path:
    """Generate a scenario's world below `folder`; returns the raw_path to build it from."""
    command = [sys.executable, "-m", "scripts.worlds", "generate", scenario]
    command += [*arguments, "--out", str(folder)]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder
