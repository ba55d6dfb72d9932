"""Where one machine ends and what is scanned beyond it: straight lines through measurements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from scripts.benchmark.dbt import SCENARIO
from scripts.benchmark.record import read_records
from scripts.benchmark.sizes import size_name
from scripts.manifest import PROJECT

HISTORY = 365
DAILY_EVENTS = (10**6, 10**7, 10**8, 10**9, 10**12)
SCANNED_EVENTS = (10**9, 10**12)


@dataclass(frozen=True)
class Line:
    """Seconds of a day as a fixed part and a part for each event of the day."""

    fixed: float
    per_event: float

    def seconds(self, events: float) -> float:
        """What a day of so many events takes."""
        return self.fixed + self.per_event * events

    def events(self, seconds: float) -> float:
        """The largest day that takes no longer; none below zero."""
        return max(0.0, (seconds - self.fixed) / self.per_event)


def fit(points: Sequence[tuple[float, float]]) -> Line:
    """The line through the smallest and the largest (events, seconds).

    Of one point, or where the larger day was no slower, all time is put down to the events: that
    says too little of a machine, never too much.
    """
    (fewest, shortest), (most, longest) = min(points), max(points)
    if most > fewest and longest > shortest:
        per_event = (longest - shortest) / (most - fewest)
        if shortest >= per_event * fewest:
            return Line(shortest - per_event * fewest, per_event)
    return Line(0, longest / most)


def _measured(out: Path, part: str) -> list[dict[str, Any]]:
    """What was measured of a part with the usual scenario, whose large builds are measured."""
    records = read_records(out, part)
    return [record for record in records if record["scenario"] == SCENARIO]


def window_days() -> dict[str, int]:
    """How many days a daily build reads of raw events, of staged events and of facts, at most."""
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    again = int(settings["late_days"]) + 2
    follow_up = int(settings["follow_up_days"])
    linked = follow_up + 1
    return {
        "raw": again + follow_up,
        "staged": again + 2 * linked,
        "facts": again + linked + 31,
    }


def limits_table(out: Path) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: a day, a year built whole and its disk, by events a day.

    Empty where builds or days were not measured.
    """
    builds, days = _measured(out, "events"), _measured(out, "days")
    if not builds or not days:
        return [], []
    daily = fit([(day["events_of_day"], _longest_history(day)) for day in days])
    largest = builds[-1]
    speed = largest["events"] / median(run["build_seconds"] for run in largest["runs"])
    stored = (largest["raw_bytes"] + largest["database_bytes"]) / largest["events"]
    headings = ["events a day", "one more day", "a year built whole", "disk of a year"]
    rows = [
        [
            size_name(events) if events < 10**12 else "1T",
            duration(daily.seconds(events)),
            duration(HISTORY * events / speed),
            amount(HISTORY * events * stored),
        ]
        for events in DAILY_EVENTS
    ]
    return headings, rows


def largest_day(out: Path, seconds: float) -> float:
    """How many events a day can have that is added within so many seconds; zero if unknown."""
    days = _measured(out, "days")
    if not days:
        return 0.0
    return fit([(day["events_of_day"], _longest_history(day)) for day in days]).events(seconds)


def scanned_table(out: Path) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: bytes scanned a day, at a billion and at a trillion events a day.

    Raw events are read twice, by staging and by the quarantine. Empty where no build was measured.
    """
    builds = _measured(out, "events")
    if not builds:
        return [], []
    largest = builds[-1]
    raw = largest["raw_bytes"] / largest["events"]
    built = largest["database_bytes"] / largest["events"]
    days = window_days()
    kinds = [
        (f"all raw days of a year, every day (2 x {HISTORY} days)", 2 * raw * HISTORY),
        (f"raw days of the window alone (2 x {days['raw']} days)", 2 * raw * days["raw"]),
        (
            f"staged events and facts of their windows, all columns ({days['staged']} and"
            f" {days['facts']} days)",
            built * max(days["staged"], days["facts"]),
        ),
        (f"the same without partitions ({HISTORY} days)", built * HISTORY),
    ]
    headings = ["what a daily build scans", "bytes an event", "at 1B a day", "at 1T a day"]
    rows = [
        [what, f"{each:,.0f}", *(amount(each * events) for events in SCANNED_EVENTS)]
        for what, each in kinds
    ]
    return headings, rows


def duration(seconds: float) -> str:
    """Seconds, minutes, hours or days, whichever reads best."""
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:,.0f} s"


def amount(number: float) -> str:
    """Bytes in decimal units."""
    for unit, size in (("PB", 1e15), ("TB", 1e12), ("GB", 1e9)):
        if number >= size:
            decimals = 1 if number < 100 * size else 0
            return f"{number / size:,.{decimals}f} {unit}"
    return f"{number / 1e6:,.0f} MB"


def _longest_history(day: dict[str, Any]) -> float:
    longest = max(run["history"] for run in day["runs"])
    return float(median(run["build_seconds"] for run in day["runs"] if run["history"] == longest))
