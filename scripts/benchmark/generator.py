"""How fast a world is simulated and written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from scripts.benchmark.record import Say
from scripts.benchmark.worlds import World, make_world, users_of

PROCESSES = (1, 2)


def measure_generator(
    out: Path, name: str, events: int, runs: int, say: Say, processes: tuple[int, ...] = PROCESSES
) -> dict[str, Any]:
    """Make a world anew with each number of processes, in turns; seconds are the whole process."""
    work = out / "work" / f"generator_{name}"
    measured = []
    for number in range(runs):
        for writers in processes:
            shutil.rmtree(work, ignore_errors=True)
            made = make_world(work, users_of(events), writers)
            world = World(work)
            written, size = world.events(), world.bytes()
            measured.append(
                {
                    "run": number,
                    "processes": writers,
                    "seconds": made.seconds,
                    "peak_bytes": made.peak_bytes,
                    "events": written,
                    "raw_bytes": size,
                    "files": len(world.files()),
                }
            )
            say(
                f"run {number + 1}, {writers} process(es): {written:,} events in "
                f"{made.seconds:.1f} s, {written / made.seconds:,.0f} events/s"
            )
    shutil.rmtree(work, ignore_errors=True)
    return {"events": measured[-1]["events"], "runs": measured}
