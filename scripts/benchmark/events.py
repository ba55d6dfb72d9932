"""A full build of many events, its facts and marts, against the same SQL bare and bare scans."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from scripts.benchmark.bare import Bare, run_bare
from scripts.benchmark.dbt import Dbt, Node, Statement, raw_events, seconds_of
from scripts.benchmark.record import Say
from scripts.benchmark.worlds import World

# What the names of those models begin with whose inputs are scanned: facts and marts.
SCANNED = ("fct_", "mart_")


def measure_events(out: Path, name: str, world: World, runs: int, say: Say) -> dict[str, Any]:
    """Build a world `runs` times, with dbt and bare, in turns of who is first.

    dbt runs with one thread, as is right for many events: DuckDB uses all cores for a model, and
    a model that has all memory spills less. So no other model runs beside a mart whose time is
    compared. Databases are new each time; the last one of dbt stays, for other measurements.
    """
    work = out / "work" / f"events_{world.scenario}_{name}"
    dbt = Dbt(work / "dbt", raw_events(world.scenario, world.folder))
    world.warm()
    dbt.parse()
    statements: list[Statement] = []
    measured = []
    for number in range(runs):
        bare = _bare(work / "bare", statements) if number % 2 else None
        dbt.forget()
        build, nodes = dbt.build(world.scenario, "--threads", "1")
        statements = statements or dbt.statements(nodes)
        bare = bare or _bare(work / "bare", statements)
        facts, marts = (
            [node for node in nodes if node.name in bare.scans and node.name.startswith(kind)]
            for kind in SCANNED
        )
        of_models = [one.name for one in statements if one.kind in ("model", "seed")]
        measured.append(
            {
                "build_seconds": build.seconds,
                "build_cpu_seconds": build.cpu_seconds,
                "peak_bytes": build.peak_bytes,
                "model_seconds": seconds_of(nodes, "model", "seed"),
                "test_seconds": seconds_of(nodes, "test"),
                "slowest": _slowest({node.name: node.seconds for node in nodes}),
                "bare_seconds": bare.seconds,
                "bare_peak_bytes": bare.measured.peak_bytes,
                "bare_model_seconds": sum(bare.statements[one] for one in of_models),
                "failed": [node.name for node in nodes if node.status == "fail"],
                "facts": _seconds_of_each(facts, bare),
                "marts": _seconds_of_each(marts, bare),
                "columns": bare.columns,
            }
        )
        say(
            f"run {number + 1}: dbt build {build.seconds:.1f} s, bare SQL {bare.seconds:.1f} s,"
            f" peak {build.peak_bytes / 2**30:.1f} GiB; marts with dbt"
            f" {seconds_of(marts, 'model'):.1f} s,"
            f" bare {sum(bare.statements[one.name] for one in marts):.1f} s,"
            f" scans {sum(bare.scans[one.name] for one in marts):.1f} s"
        )
    database = dbt.database.stat().st_size
    shutil.rmtree(work / "bare", ignore_errors=True)
    return {
        "scenario": world.scenario,
        "size": name,
        "events": world.events(),
        "days": len(world.days()),
        "raw_bytes": world.bytes(),
        "database_bytes": database,
        "runs": measured,
    }


def _bare(folder: Path, statements: list[Statement]) -> Bare:
    """The statements in a new database, each fact and mart followed by a scan of what it reads."""
    shutil.rmtree(folder, ignore_errors=True)
    models = [one.name for one in statements if one.kind == "model"]
    return run_bare(folder, statements, scanned=[one for one in models if one.startswith(SCANNED)])


def _seconds_of_each(nodes: list[Node], bare: Bare) -> dict[str, dict[str, float]]:
    """Seconds of each node with dbt, of its SQL bare, and of a scan of what it reads."""
    return {
        node.name: {
            "dbt_seconds": node.seconds,
            "bare_seconds": bare.statements[node.name],
            "scan_seconds": bare.scans[node.name],
        }
        for node in nodes
    }


def _slowest(seconds: dict[str, float], number: int = 12) -> dict[str, float]:
    """The nodes that took longest, longest first."""
    return dict(sorted(seconds.items(), key=lambda item: -item[1])[:number])
