"""The project with one scenario, which dbt reads in a third of the time that all of them take."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.manifest import PROJECT
from scripts.worlds.registry import SCENARIOS


def scenario_variables(scenario: str) -> dict[str, list[str]]:
    """The vars with which a scenario is built alone."""
    return {"scenarios": [scenario]}


def copy_project(scenario: str, folder: Path) -> Path:
    """Copy what dbt reads of the project into a folder, without other scenarios' files."""
    left_out = shutil.ignore_patterns("python", *(set(SCENARIOS) - {scenario}))
    for kind in ("macros", "models", "seeds", "analyses", "tests"):
        shutil.copytree(PROJECT / kind, folder / kind, ignore=left_out)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, folder)
    return folder
