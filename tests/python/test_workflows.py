"""The workflows for GitHub Actions are whole, and the commands in them exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.manifest import PROJECT

RUNS_HERE = PROJECT / ".github" / "workflows"
SAMPLE = PROJECT / "docs" / "workflows" / "own_events.yml"
WORKFLOWS = [*sorted(RUNS_HERE.iterdir()), SAMPLE]


def steps(path: Path) -> list[dict[str, Any]]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    # YAML 1.1 takes the word `on` for true.
    assert {"name", True, "permissions", "jobs"} <= workflow.keys()
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["runs-on"] and job["timeout-minutes"] for job in workflow["jobs"].values())
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_the_tests_run_here_and_the_sample_does_not() -> None:
    assert {path.name for path in RUNS_HERE.iterdir()} == {"nightly.yml", "test.yml"}
    assert "make test" in [step.get("run") for step in steps(RUNS_HERE / "test.yml")]
    assert "make test_nightly" in [step.get("run") for step in steps(RUNS_HERE / "nightly.yml")]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_runs_something_that_exists(path: Path) -> None:
    targets = []
    for step in steps(path):
        assert ("run" in step) != ("uses" in step)
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z/-]+@v\d+", step["uses"])
            continue
        subprocess.run(["bash", "-n", "-c", step["run"]], check=True)
        targets += re.findall(r"\bmake (\S+)", step["run"])
        for program in re.findall(r"\.venv/bin/(\S+)", step["run"]):
            assert Path(sys.executable).with_name(program).exists()
    assert targets
    for target in targets:
        subprocess.run(["make", "-n", target], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)


def test_the_sample_builds_judges_notifies_and_waits_until_events_are_fetched() -> None:
    found = {step["name"]: step for step in steps(SAMPLE) if "name" in step}
    fetch, build, notify, keep = found.values()
    assert fetch["run"].rstrip().endswith("exit 1")
    checked, built = build["run"].strip().splitlines()[-2:]
    assert checked == '.venv/bin/python -m scripts.vars_file "$VARS"'
    assert built == '.venv/bin/dbt build -s "$SCENARIO" --vars "$(cat "$VARS")"'
    assert notify["env"] == {"GSMT_WEBHOOK": "${{ secrets.GSMT_WEBHOOK }}"}
    assert notify["run"] == "make validate"
    assert keep["with"]["path"] == "target/validation"
    # A target that is missed ends the build with an error, which must still be told and kept.
    assert notify["if"] == keep["if"] == "success() || failure()"
    assert not any("secrets." in step.get("run", "") for step in found.values())


SECRET = "https://example.com/hook?a=1&sig=$SECRET'; touch stolen; echo \""
COMMANDS = {
    "validate": ["SCENARIO", "WEBHOOK"],
    "build": ["VARS"],
    "sql": ["VARS"],
    "query": ["METRIC", "BY", "GRAIN", "STATISTIC", "SQL", "SCENARIO"],
    "check": ["METRIC"],
    "spark": ["SCENARIO"],
    "worlds": ["SCENARIO", "USERS", "DAYS"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_given_to_make_is_no_part_of_a_command(command: str) -> None:
    given = [f"{name}={name.lower()} & {SECRET}" for name in COMMANDS[command]]
    told = subprocess.run(
        ["make", "-n", command, *given], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    assert all(f'"${name}"' in told.stdout for name in COMMANDS[command])
    assert "example.com" not in told.stdout + told.stderr


@pytest.mark.parametrize("place", ["environment", "command line"])
def test_the_webhook_reaches_the_command_whole_and_is_not_shown(tmp_path: Path, place: str) -> None:
    address = "https://example.com/hook?a=1&sig=SECRET;x='y'"
    # In the place of Python, what says which address it got, and fails.
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nprintf %s "$GSMT_WEBHOOK" > {tmp_path}/told\nexit 3\n')
    python.chmod(0o755)
    for file in ("installed", "installed_spark"):
        (tmp_path / file).touch()
    arguments, environment = [f"VENV={tmp_path}"], dict(os.environ)
    if place == "environment":
        environment["GSMT_WEBHOOK"] = address
    else:
        arguments.append(f"WEBHOOK={address}")
    run = subprocess.run(
        ["make", f"RUN={python}", "validate", *arguments],
        cwd=PROJECT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (tmp_path / "told").read_text(encoding="utf-8") == address
    assert run.returncode != 0
    assert "SECRET" not in run.stdout + run.stderr
