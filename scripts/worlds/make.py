"""Makes a world and writes it down: events, faults and the record of what was planted."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from scripts.worlds.faults import plant
from scripts.worlds.scenario import FIRST_DAY, Arguments, Scenario, Tables, WorldError
from scripts.worlds.write import WRITERS, as_text, write_csv, write_json


@dataclass(frozen=True)
class World:
    """A finished world: events with their faults, and the record of what was planted."""

    tables: Tables
    planted: dict[str, Any]


def check(scenario: Scenario, arguments: Arguments, form: str) -> None:
    """Raise `WorldError` if a world cannot be made from these arguments in this format."""
    scenario.check(arguments)
    if form not in WRITERS:
        raise WorldError(f"unknown format {form!r}: choose {' or '.join(WRITERS)}")


def make(
    scenario: Scenario, arguments: Arguments, form: str, after_day: Callable[[], None]
) -> World:
    """Make a world in memory.

    Args:
        scenario: which world.
        arguments: which variant of it.
        form: `csv` (tables of text) or `parquet` (typed tables).
        after_day: called when a day is simulated.

    Raises:
        WorldError: the world cannot be made from these arguments.
    """
    check(scenario, arguments, form)
    simulation = scenario.simulate(arguments, after_day)
    tables, faults = plant(
        simulation.tables,
        scenario.schemas,
        scenario.fault_plan,
        arguments.end,
        arguments.seed,
        as_text if form == "csv" else None,
    )
    # Faults arrive no later than the real rows they were made from, or on days before the last.
    arrivals = [pc.max(table["received_at"]).as_py() for table in simulation.tables.values()]
    last = max(arrival for arrival in arrivals if arrival is not None)
    last_complete_day: date = last.date() - timedelta(days=1)
    planted = {
        "scenario": scenario.name,
        "arguments": asdict(arguments),
        "launch_date": simulation.launch_date.isoformat(),
        "first_day": FIRST_DAY.isoformat(),
        "last_complete_day": last_complete_day.isoformat(),
        "truth": simulation.truth(last_complete_day),
        "faults": faults,
    }
    return World(tables=tables, planted=planted)


def folder(path: Path) -> Path:
    """Make a folder and its parents.

    Raises:
        WorldError: the path, or one above it, is a file or may not be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise WorldError(f"{path} is not a folder: choose another --out") from None
    except PermissionError:
        raise WorldError(f"{path} may not be written: choose another --out") from None
    return path


def write_world(world: World, form: str, target: Path, prefix: str = "") -> list[Path]:
    """Write a world's events and `planted.json` into a folder; give the files written."""
    folder(target)
    written = []
    for event, table in world.tables.items():
        path = target / f"{prefix}{event}.{form}"
        WRITERS[form](table, path)
        for other in WRITERS.keys() - {form}:
            # An earlier world's, which would be taken for a part of this one.
            path.with_suffix(f".{other}").unlink(missing_ok=True)
        written.append(path)
    write_json(world.planted, target / "planted.json")
    return [*written, target / "planted.json"]


def write_references(scenario: Scenario, target: Path) -> list[Path]:
    """Write a scenario's small reference tables as CSV; give the files written."""
    written = []
    for name, table in scenario.references.items():
        path = folder(target) / f"{scenario.name}__{name}.csv"
        write_csv(as_text(table), path)
        written.append(path)
    return written
