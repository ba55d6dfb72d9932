"""The scenarios that have a world: each folder with a `scenario.py`, which names it in capitals."""

from importlib import import_module
from pathlib import Path

from scripts.worlds.scenario import Scenario


def _scenario(name: str) -> Scenario:
    scenario: Scenario = getattr(import_module(f"scripts.worlds.{name}.scenario"), name.upper())
    return scenario


SCENARIOS: dict[str, Scenario] = {
    path.parent.name: _scenario(path.parent.name)
    for path in sorted(Path(__file__).parent.glob("*/scenario.py"))
}
