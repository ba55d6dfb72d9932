"""What the parts of the benchmark write down, one JSON file each, and read again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.benchmark.dbt import SCENARIO
from scripts.benchmark.machine import merge_machines

# Takes a line that says how far a measurement is.
Say = Callable[[str], None]


def write_record(
    out: Path,
    part: str,
    size: str | None,
    machine: dict[str, str],
    content: dict[str, Any],
    add: bool = False,
) -> Path:
    """Write a part's measurements, with what they were measured on, in the place of older ones.

    With `add` the runs come after those of the older measurements, and what differs of the
    machine, such as its load, is there with all values.
    """
    path = out / (f"{part}_{size}.json" if size else f"{part}.json")
    if add and path.exists():
        earlier = json.loads(path.read_text(encoding="utf-8"))
        content = {**content, "runs": [*earlier["runs"], *content["runs"]]}
        machine = merge_machines([earlier["machine"], machine])
    record = {
        "part": part,
        "size": size,
        "measured_at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
        "machine": machine,
        **content,
    }
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    return path


def read_records(out: Path, part: str) -> list[dict[str, Any]]:
    """What was measured of a part, by the number of events; empty where nothing was.

    A record from before other scenarios were measured is of the usual one.
    """
    records = [
        {"scenario": SCENARIO, **json.loads(path.read_text(encoding="utf-8"))}
        for path in sorted(out.glob("*.json"))
        if path.stem.split("_")[0] == part
    ]
    return sorted(records, key=lambda record: int(record.get("events", 0)))
