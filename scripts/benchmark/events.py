"""A full build of many events, and each of its marts, against the same SQL bare and bare scans."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from scripts.benchmark.bare import run_bare
from scripts.benchmark.dbt import SCENARIO, Dbt, Statement, seconds_of
from scripts.benchmark.record import Say
from scripts.benchmark.worlds import World

MARTS = f"path:models/{SCENARIO}/marts"


def measure_events(out: Path, name: str, world: World, runs: int, say: Say) -> dict[str, Any]:
    """Build a world `runs` times with dbt and bare; each time whole, then the marts one by one.

    dbt and bare SQL take turns in who is first. dbt's time of a mart is that of a run with one
    thread, so that no other model runs beside it. Databases are new each time; the last one of
    dbt stays, for other measurements.
    """
    work = out / "work" / f"events_{name}"
    dbt = Dbt(work / "dbt", {"raw_path": str(world.folder)})
    world.warm()
    dbt.parse()
    statements: list[Statement] = []
    marts: list[Statement] = []
    measured = []
    for number in range(runs):
        bare = None
        if number % 2:
            shutil.rmtree(work / "bare", ignore_errors=True)
            bare = run_bare(work / "bare", statements)
        dbt.forget()
        build, nodes = dbt.run("build", "--select", SCENARIO)
        if not statements:
            statements = dbt.statements(nodes)
            marts = [one for one in statements if one.name.startswith("mart_")]
            marts = [one for one in marts if one.kind == "model"]
        if bare is None:
            shutil.rmtree(work / "bare", ignore_errors=True)
            bare = run_bare(work / "bare", statements)
        again, mart_nodes = dbt.run("run", "--select", MARTS, "--full-refresh", "--threads", "1")
        bare_marts = run_bare(work / "bare", marts, with_scans=True)
        of_models = [one.name for one in statements if one.kind in ("model", "seed")]
        measured.append(
            {
                "build_seconds": build.seconds,
                "build_cpu_seconds": build.cpu_seconds,
                "bare_cpu_seconds": bare.measured.cpu_seconds,
                "peak_bytes": max(build.peak_bytes, again.peak_bytes),
                "model_seconds": seconds_of(nodes, "model", "seed"),
                "test_seconds": seconds_of(nodes, "test", "unit_test"),
                "slowest": _slowest({node.name: node.seconds for node in nodes}),
                "bare_seconds": bare.seconds,
                "bare_peak_bytes": max(bare.measured.peak_bytes, bare_marts.measured.peak_bytes),
                "bare_model_seconds": sum(bare.statements[one] for one in of_models),
                "failed": [node.name for node in nodes if node.status == "fail"],
                "marts": {
                    node.name: {
                        "dbt_seconds": node.seconds,
                        "bare_seconds": bare_marts.statements[node.name],
                        "scan_seconds": bare_marts.scans[node.name],
                    }
                    for node in mart_nodes
                    if node.kind == "model"
                },
                "columns": bare_marts.columns,
            }
        )
        with_dbt = seconds_of(mart_nodes, "model")
        bare_seconds = sum(bare_marts.statements.values())
        say(
            f"run {number + 1}: dbt build {build.seconds:.1f} s, bare SQL {bare.seconds:.1f} s,"
            f" peak {build.peak_bytes / 2**30:.1f} GiB; marts with dbt {with_dbt:.1f} s,"
            f" bare {bare_seconds:.1f} s, scans {sum(bare_marts.scans.values()):.1f} s"
        )
    database = dbt.database.stat().st_size
    shutil.rmtree(work / "bare", ignore_errors=True)
    return {
        "events": world.events(),
        "days": len(world.days()),
        "raw_bytes": world.bytes(),
        "database_bytes": database,
        "runs": measured,
    }


def _slowest(seconds: dict[str, float], number: int = 12) -> dict[str, float]:
    """The nodes that took longest, longest first."""
    return dict(sorted(seconds.items(), key=lambda item: -item[1])[:number])
