"""Makes a world in memory and writes it as CSV: events, faults and the record of both."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from scripts.worlds.days import joined
from scripts.worlds.envelope import FIRST_DAY
from scripts.worlds.faults import Ground, Plan, plant
from scripts.worlds.fields import plain, write_down
from scripts.worlds.scenario import Arguments, Columns, Scenario, Simulation, Tables, WorldError
from scripts.worlds.write import as_text, write_csv, write_json

# Writing events down costs by the call as much as by the row, so some days share one.
_DAYS_TOGETHER = 14
# Ids of this size belong to nothing in a world that fits into memory.
_UNKNOWN_NUMBER = 990_000

_ARRIVAL = [("received_at", "ascending"), ("event_id", "ascending")]


@dataclass(frozen=True)
class World:
    """A finished world: events with their faults as text, and the record of what was planted."""

    tables: Tables
    planted: dict[str, Any]


def clean_tables(
    scenario: Scenario, simulation: Simulation, after_day: Callable[[], None]
) -> Tables:
    """Write down all events of a world, before any fault.

    Args:
        scenario: which world.
        simulation: its simulation, before the first day.
        after_day: called when a day is simulated.

    Returns:
        One typed table for each event, in order of arrival.
    """
    parts: dict[str, list[pa.Table]] = {event: [] for event in scenario.fields}
    while days := list(islice(simulation.days, _DAYS_TOGETHER)):
        for event, fields in scenario.fields.items():
            columns: list[Columns] = [day[event] for day in days if event in day]
            if columns:
                prefix = scenario.schemas[event].prefix
                table = write_down(joined(columns), fields, prefix, simulation.actors)
                parts[event].append(plain(table))
        for _ in days:
            after_day()
    return {event: pa.concat_tables(some).sort_by(_ARRIVAL) for event, some in parts.items()}


def record(
    scenario: Scenario,
    arguments: Arguments,
    simulation: Simulation,
    last_arrival: date,
    faults: Plan,
) -> dict[str, Any]:
    """Say what is in a world, once it is simulated.

    Args:
        scenario: which world.
        arguments: which variant of it.
        simulation: its simulation, after the last day.
        last_arrival: day on which the last real row was received.
        faults: kind -> event -> number of faults in it.
    """
    # Faults arrive no later than the real rows they were made from, or on days before the last.
    last_complete_day = last_arrival - timedelta(days=1)
    return {
        "scenario": scenario.name,
        "arguments": asdict(arguments),
        "launch_date": simulation.launch_date.isoformat(),
        "first_day": FIRST_DAY.isoformat(),
        "last_complete_day": last_complete_day.isoformat(),
        **({"sampling_rate": scenario.sampling_rate} if scenario.sampling_rate else {}),
        "truth": simulation.truth((last_complete_day - FIRST_DAY).days),
        "faults": faults,
    }


def make(scenario: Scenario, arguments: Arguments, after_day: Callable[[], None]) -> World:
    """Make a world in memory.

    Args:
        scenario: which world.
        arguments: which variant of it.
        after_day: called when a day is simulated.

    Raises:
        WorldError: the world cannot be made from these arguments.
    """
    scenario.check(arguments)
    simulation = scenario.simulate(arguments)
    clean = clean_tables(scenario, simulation, after_day)
    tables, found = {}, {}
    for index, (event, table) in enumerate(clean.items()):
        rows = table.num_rows
        ground = Ground(
            table=table,
            schema=scenario.schemas[event],
            end=arguments.end,
            until=arguments.end,
            unknown=_UNKNOWN_NUMBER,
            new_numbers=1 + rows + np.arange(rows),
        )
        counts = {kind: events.get(event, 0) for kind, events in scenario.fault_plan.items()}
        # A stream for each event, so that faults of one do not move those of another.
        generator = np.random.default_rng([arguments.seed, 2, index])
        planted = plant(ground, counts, generator, as_text)
        found[event] = planted.counts
        tables[event] = pa.concat_tables([planted.table, *planted.extra.values()]).sort_by(_ARRIVAL)
    arrivals: list[datetime] = [
        table["received_at"][-1].as_py() for table in clean.values() if table.num_rows
    ]
    faults = {
        kind: {event: found[event][kind] for event in events}
        for kind, events in scenario.fault_plan.items()
    }
    return World(tables, record(scenario, arguments, simulation, max(arrivals).date(), faults))


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
    except OSError as error:
        raise WorldError(f"{path} cannot be made: {error.strerror}") from None
    return path


def write_world(world: World, target: Path, prefix: str = "") -> list[Path]:
    """Write a world's events and `planted.json` into a folder; give the files written."""
    folder(target)
    written = []
    for event, table in world.tables.items():
        path = target / f"{prefix}{event}.csv"
        write_csv(table, path)
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
