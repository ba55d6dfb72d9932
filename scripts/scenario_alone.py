"""The project with one scenario, which dbt reads in a third of the time that all of them take."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scripts.manifest import PROJECT
from scripts.worlds.registry import SCENARIOS


def scenario_variables(scenario: str, others: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The vars with which a scenario is built alone, and others beside them."""
    return {"scenarios": [scenario], **(others or {})}


def copy_project(scenario: str, folder: Path) -> Path:
    """Copy what dbt reads of the project into a folder, without other scenarios' files."""
    others = set(SCENARIOS) - {scenario}
    left_out = shutil.ignore_patterns("python", *others)
    for kind in ("macros", "models", "seeds", "analyses", "tests"):
        shutil.copytree(PROJECT / kind, folder / kind, ignore=left_out)
    shutil.copy(PROJECT / "profiles.yml", folder)
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    text = yaml.safe_dump(_without(others, settings), sort_keys=False)
    (folder / "dbt_project.yml").write_text(text, encoding="utf-8")
    return folder


def _without(names: set[str], settings: Any) -> Any:
    """Settings without the entries of some names: dbt warns where an entry is of nothing."""
    if not isinstance(settings, dict):
        return settings
    return {key: _without(names, value) for key, value in settings.items() if key not in names}
