"""What was measured, as one drawing of bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from scripts.benchmark.record import read_records

# Pixels.
WIDTH, LABEL_WIDTH, VALUE_WIDTH = 760, 290, 90
BAR_HEIGHT, BAR_STEP, GROUP_SPACE, TITLE_HEIGHT, MARGIN = 12, 16, 8, 34, 16
COLOURS = {"dbt": "#1f6f8b", "bare": "#e09f3e", "scan": "#9aa5b1"}
NAMES = {"dbt": "dbt", "bare": "the same SQL bare in DuckDB", "scan": "bare scan of its columns"}


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, and its seconds."""

    kind: str
    seconds: float


@dataclass(frozen=True)
class Group:
    """Bars that belong together, under one label."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Panel:
    """Groups on one scale of seconds."""

    title: str
    groups: tuple[Group, ...]


def panels(out: Path) -> list[Panel]:
    """What there is to draw of the measurements of a folder."""
    found = []
    built = read_records(out, "events")
    builds = [
        _build(record, f"{record['size']} events of {record['scenario']}") for record in built
    ]
    if builds:
        found.append(Panel("Full build with all tests, seconds", tuple(builds)))
    for record in read_records(out, "days"):
        groups = [
            Group(f"{history} days of history", (Bar("dbt", seconds),))
            for history, seconds in _daily(record)
        ]
        events = f"{record['events_of_day']:,} events"
        scenario = record["scenario"]
        title = f"One more day of {scenario}, {events}, seconds of dbt build"
        found.append(Panel(title, tuple(groups)))
    for record in built[-1:]:
        runs = record["runs"]
        groups = [
            Group(
                name.split(".")[-1].removeprefix("mart_"),
                tuple(Bar(kind, _mart(runs, name, kind)) for kind in ("dbt", "bare", "scan")),
            )
            for name in runs[0]["marts"]
        ]
        found.append(Panel(f"Each mart of {builds[-1].label}, seconds", tuple(groups)))
    return found


def draw(panels: Sequence[Panel]) -> str:
    """The panels one below the other, as SVG."""
    parts: list[str] = []
    y: float = MARGIN
    for panel in panels:
        longest = max(bar.seconds for group in panel.groups for bar in group.bars)
        scale = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / longest if longest else 0
        title = escape(panel.title)
        parts.append(f'<text x="{MARGIN}" y="{y + 14:g}" class="title">{title}</text>')
        y += TITLE_HEIGHT
        for group in panel.groups:
            middle = y + BAR_STEP * len(group.bars) / 2 + 2
            parts.append(
                f'<text x="{LABEL_WIDTH - 8}" y="{middle:g}" class="label">'
                f"{escape(group.label)}</text>"
            )
            for bar in group.bars:
                width = bar.seconds * scale
                parts.append(
                    f'<rect x="{LABEL_WIDTH}" y="{y:g}" width="{width:.1f}" height="{BAR_HEIGHT}"'
                    f' fill="{COLOURS[bar.kind]}"><title>{escape(NAMES[bar.kind])}</title></rect>'
                    f'<text x="{LABEL_WIDTH + width + 5:.1f}" y="{y + 10:g}">'
                    f"{_figure(bar.seconds)}</text>"
                )
                y += BAR_STEP
            y += GROUP_SPACE
        y += MARGIN
    x: float = MARGIN
    for kind, colour in COLOURS.items():
        parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="12" height="12" fill="{colour}"/>'
            f'<text x="{x + 17:g}" y="{y + 10:g}">{escape(NAMES[kind])}</text>'
        )
        x += 60 + 7 * len(NAMES[kind])
    height = y + 12 + MARGIN
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}"'
        f' height="{height:g}" role="img" aria-label="Seconds of builds, days and marts">\n'
        "<style>text{font:12px sans-serif;fill:#333}.title{font-weight:bold;font-size:14px}"
        ".label{text-anchor:end}</style>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _build(record: dict[str, Any], label: str) -> Group:
    bars = (
        Bar(kind, median(run[f"{name}_seconds"] for run in record["runs"]))
        for kind, name in (("dbt", "build"), ("bare", "bare"))
    )
    return Group(label, tuple(bars))


def _mart(runs: Sequence[dict[str, Any]], name: str, kind: str) -> float:
    return float(median(run["marts"][name][f"{kind}_seconds"] for run in runs))


def _daily(record: dict[str, Any]) -> list[tuple[int, float]]:
    histories = sorted({run["history"] for run in record["runs"]})
    return [
        (
            history,
            median(run["build_seconds"] for run in record["runs"] if run["history"] == history),
        )
        for history in histories
    ]


def _figure(seconds: float) -> str:
    decimals = 0 if seconds >= 100 else 1 if seconds >= 1 else 2
    return f"{seconds:,.{decimals}f}"
