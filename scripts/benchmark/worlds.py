"""Simulated worlds to measure on, and what lies in them."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from scripts.benchmark.dbt import SCENARIO
from scripts.benchmark.process import Measured, RunFailedError, measure
from scripts.manifest import PROJECT
from scripts.worlds.registry import SCENARIOS

DAYS = 252
# What a user of the healthy world does in 252 days.
EVENTS_PER_USER = {
    "ride_sharing": 35,
    "cloud_storage": 97,
    "messenger": 76,
    "photo_upload": 152,
    "stickiness": 565,
    "streaming": 154,
    "short_video": 361,
    "news_feed": 550,
    "food_delivery": 198,
}


@dataclass(frozen=True)
class World:
    """A raw_path with one folder for each event, and in it one for each day.

    Where `only` names events, the others are taken for not there.
    """

    folder: Path
    scenario: str = SCENARIO
    only: tuple[str, ...] = ("*",)

    def files(self) -> list[Path]:
        """All Parquet files, in order."""
        place = self.folder / self.scenario
        return sorted(path for event in self.only for path in place.glob(f"{event}/**/*.parquet"))

    def days(self) -> list[date]:
        """Every day that has a file, in order."""
        return sorted({day for path in self.files() if (day := day_of(path)) is not None})

    def events(self) -> int:
        """Number of all rows."""
        return count_rows(self.files())

    def bytes(self) -> int:
        """Size of all files."""
        return sum(path.stat().st_size for path in self.files())

    def warm(self) -> None:
        """Read every file once, so that no run pays for the disk what the next one does not."""
        for path in self.files():
            path.read_bytes()


def count_rows(files: list[Path]) -> int:
    """Number of rows of Parquet files, from their ends."""
    if not files:
        return 0
    with duckdb.connect() as connection:
        found = connection.execute(
            "select sum(num_rows) from parquet_file_metadata(?)", [[str(path) for path in files]]
        ).fetchone()
    return int(found[0]) if found else 0


def day_of(path: Path) -> date | None:
    """The day of a file by its folder event_date=YYYY-MM-DD; none where it lies in none."""
    found = re.search(r"/event_date=(\d{4}-\d{2}-\d{2})/", path.as_posix())
    return date.fromisoformat(found[1]) if found else None


def users_of(events: int, scenario: str = SCENARIO) -> int:
    """How many users have about so many events."""
    return max(1, round(events / EVENTS_PER_USER[scenario]))


def make_world(
    folder: Path, users: int, processes: int | None = None, scenario: str = SCENARIO
) -> Measured:
    """Simulate a world of so many users; a finished one stays as it is.

    It has 252 days, or as many more as its scenario needs at least.

    Raises:
        RunFailedError: the generator fails, or does not write one folder for each day.
    """
    folder.mkdir(parents=True, exist_ok=True)
    days = max(DAYS, SCENARIOS[scenario].minimum_days)
    command = [sys.executable, "-m", "scripts.worlds", "generate", scenario, "--format", "parquet"]
    command += ["--users", str(users), "--days", str(days), "--out", str(folder)]
    command += ["--processes", str(processes)] if processes is not None else []
    log = folder / "generator.txt"
    measured = measure(command, log, folder=PROJECT)
    if not World(folder, scenario).days():
        raise RunFailedError(f"the generator wrote no files by the day; see {log}")
    return measured
