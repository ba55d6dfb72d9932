"""`dbt build` of the seeds, against as many trivial nodes and against the same SQL bare."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.benchmark.bare import run_bare
from scripts.benchmark.dbt import SCENARIO, Dbt, seconds_of
from scripts.benchmark.record import Say

KINDS = ("seed", "view", "table", "test", "unit_test")


def measure_seeds(out: Path, runs: int, say: Say) -> dict[str, Any]:
    """Build the scenario, the trivial nodes and the bare SQL, one after the other, `runs` times.

    Both projects are parsed by a first build that does not count; databases are new each time.
    """
    work = out / "work" / "seeds"
    ours = Dbt(work / "dbt")
    ours.forget()
    _, nodes = ours.run("build", "--select", SCENARIO)
    statements = ours.statements(nodes)
    kinds = Counter(
        statement.sql.split()[3] if statement.kind == "model" else statement.kind
        for statement in statements
    )
    trivial = Dbt(work / "trivial", project=write_trivial_project(work / "trivial_project", kinds))
    trivial.forget()
    trivial.run("build")
    measured = []
    for number in range(runs):
        ours.forget()
        build, nodes = ours.run("build", "--select", SCENARIO)
        trivial.forget()
        nothing, empty_nodes = trivial.run("build")
        shutil.rmtree(work / "bare", ignore_errors=True)
        bare = run_bare(work / "bare", statements)
        measured.append(
            {
                "build_seconds": build.seconds,
                "build_cpu_seconds": build.cpu_seconds,
                "trivial_cpu_seconds": nothing.cpu_seconds,
                "bare_cpu_seconds": bare.measured.cpu_seconds,
                "node_seconds": seconds_of(nodes, "model", "seed", "test", "unit_test"),
                "peak_bytes": build.peak_bytes,
                "trivial_seconds": nothing.seconds,
                "trivial_node_seconds": seconds_of(
                    empty_nodes, "model", "seed", "test", "unit_test"
                ),
                "bare_seconds": bare.seconds,
            }
        )
        say(
            f"run {number + 1}: dbt build {build.seconds:.1f} s, trivial nodes "
            f"{nothing.seconds:.1f} s, bare SQL {bare.seconds:.1f} s"
        )
    return {"nodes": {kind: kinds[kind] for kind in KINDS}, "runs": measured}


def write_trivial_project(folder: Path, kinds: Mapping[str, int]) -> Path:
    """A dbt project of so many seeds, views, tables, tests and unit tests that do nothing.

    Returns the folder, which holds a profile as well. Unit tests need a model to test, so a
    project with unit tests has at least one view.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for place in ("models", "seeds", "tests"):
        (folder / place).mkdir(parents=True)
    _write(
        folder / "dbt_project.yml",
        "name: trivial\nversion: 0.1.0\nprofile: trivial\nflags:\n"
        "  send_anonymous_usage_stats: false\n",
    )
    _write(
        folder / "profiles.yml",
        "trivial:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n"
        "      path: \"{{ env_var('GSMT_DATABASE') }}\"\n      threads: 2\n",
    )
    for number in range(kinds.get("seed", 0)):
        _write(folder / "seeds" / f"seed_{number}.csv", "id\n1\n")
    for kind in ("view", "table"):
        for number in range(kinds.get(kind, 0)):
            config = f"{{{{ config(materialized='{kind}') }}}}\n"
            _write(folder / "models" / f"{kind}_{number}.sql", f"{config}select 1 as id\n")
    for number in range(kinds.get("test", 0)):
        _write(folder / "tests" / f"test_{number}.sql", "select 1 as id where 1 = 0\n")
    if kinds.get("unit_test", 0):
        unit_tests = [
            f"  - name: unit_test_{number}\n    model: view_0\n    given: []\n"
            "    expect: {rows: [{id: 1}]}\n"
            for number in range(kinds["unit_test"])
        ]
        _write(folder / "models" / "unit_tests.yml", f"unit_tests:\n{''.join(unit_tests)}")
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
