"""What one more day costs, by how much history there is."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from scripts.benchmark.dbt import Dbt, Node, raw_events, remove_database, seconds_of
from scripts.benchmark.record import Say
from scripts.benchmark.worlds import World, count_rows, day_of
from scripts.manifest import PROJECT

HISTORIES = (30, 90, 180)
# The day that is added, counted from the first one, the same for every history.
ADDED_DAY = 200


def measure_days(
    out: Path,
    name: str,
    world: World,
    runs: int,
    say: Say,
    histories: tuple[int, ...] = HISTORIES,
    added_day: int = ADDED_DAY,
) -> dict[str, Any]:
    """Add the same day of a world to histories of several lengths that end on the day before.

    A world grows, so day 31 and day 181 are not alike; one and the same day is. Each history is
    built once, and every run starts from a copy of its database. The histories take turns.
    """
    work = out / "work" / f"days_{world.scenario}_{name}"
    newest = world.days()[0] + timedelta(days=added_day)
    built: dict[int, Dbt] = {}
    full_seconds = {}
    for history in histories:
        place = work / str(history)
        dbt = Dbt(place / "dbt", raw_events(world.scenario, place / "raw"))
        dbt.forget()
        first = newest - timedelta(days=history)
        raw = link_days(world, place / "raw", first, newest - timedelta(days=1))
        full, _ = dbt.build(world.scenario)
        full_seconds[history] = full.seconds
        kept = _kept(dbt)
        kept.parent.mkdir(exist_ok=True)
        remove_database(kept)
        dbt.database.rename(kept)
        link_days(world, raw.folder, newest, newest)
        built[history] = dbt
        say(f"{history} days of history: built in {full.seconds:.1f} s")
    measured: list[dict[str, Any]] = []
    for number in range(runs):
        for history, dbt in built.items():
            measured.append({"run": number, "history": history, **_add_day(dbt, world.scenario)})
            say(
                f"run {number + 1}, {history} days of history: dbt build "
                f"{measured[-1]['build_seconds']:.1f} s, models alone "
                f"{measured[-1]['run_seconds']:.1f} s"
            )
    read = [path for path in world.files() if _is_read(path, newest)]
    added = [path for path in world.files() if day_of(path) == newest]
    sizes = {history: _kept(dbt).stat().st_size for history, dbt in built.items()}
    shutil.rmtree(work, ignore_errors=True)
    return {
        "scenario": world.scenario,
        "size": name,
        "events": world.events(),
        "added_day": newest.isoformat(),
        "events_of_day": count_rows(added),
        "days_read": len({day_of(path) for path in read}),
        "bytes_read": sum(path.stat().st_size for path in read),
        "bytes_of_day": sum(path.stat().st_size for path in added),
        "database_bytes": sizes,
        "full_build_seconds": full_seconds,
        "runs": measured,
    }


def link_days(world: World, folder: Path, first: date, last: date) -> World:
    """Put links to a world's files of these days, both included, into another raw_path.

    Links of files, since DuckDB does not follow those of folders below a `**`.
    """
    for path in world.files():
        day = day_of(path)
        if day is not None and first <= day <= last:
            link = folder / path.relative_to(world.folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(path.resolve())
    return World(folder, world.scenario)


def _add_day(dbt: Dbt, scenario: str) -> dict[str, Any]:
    """The daily run on a copy of the history: with its tests, then on another copy without."""
    _restore(dbt)
    build, nodes = dbt.build(scenario)
    _restore(dbt)
    run, models = dbt.run("run", "--select", scenario)
    remove_database(dbt.database)
    return {
        "build_seconds": build.seconds,
        "build_cpu_seconds": build.cpu_seconds,
        "peak_bytes": build.peak_bytes,
        "run_seconds": run.seconds,
        "run_cpu_seconds": run.cpu_seconds,
        "model_seconds": seconds_of(models, "model"),
        "test_seconds": seconds_of(nodes, "test"),
        "failed": [node.name for node in nodes if node.status == "fail"],
        "nodes": _by_name(nodes),
        "models_alone": _by_name(models),
    }


def _by_name(nodes: list[Node]) -> dict[str, float]:
    """Seconds of each node, without the hash that ends a generic test's id."""
    return {re.sub(r"\.[0-9a-f]{10}$", "", node.name): node.seconds for node in nodes}


def _kept(dbt: Dbt) -> Path:
    return dbt.folder / "history" / dbt.database.name


def _restore(dbt: Dbt) -> None:
    """Copy the history's database, and wait until the disk has it: a run must not pay for that."""
    remove_database(dbt.database)
    shutil.copyfile(_kept(dbt), dbt.database)
    os.sync()


def _is_read(path: Path, newest: date) -> bool:
    """Whether a daily run that adds `newest` to the day before opens this file."""
    settings = _settings()
    days_before = 1 + int(settings["late_days"]) + int(settings["follow_up_days"])
    day = day_of(path)
    return day is not None and newest - timedelta(days=days_before) <= day <= newest


def _settings() -> dict[str, Any]:
    content = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    settings: dict[str, Any] = content["vars"]
    return settings
