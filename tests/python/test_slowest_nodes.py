"""What took long in a build: the table that `make build TIMES=1` ends with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scripts.manifest import PROJECT
from scripts.slowest_nodes import NODES, node_seconds
from tests.python.builds import Build


def print_times(target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.slowest_nodes", "--target", str(target)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_slowest_nodes_of_a_build_are_printed_and_the_rest_is_one_line(
    healthy: Build,
) -> None:
    printed = print_times(healthy.target)
    assert printed.returncode == 0, printed.stderr
    results = json.loads((healthy.target / "run_results.json").read_text(encoding="utf-8"))
    nodes = node_seconds(results)
    assert len(nodes) == len(results["results"])
    lines = printed.stdout.splitlines()[1:]
    assert [line.split()[0] for line in lines[:NODES]] == [name for name, _ in nodes[:NODES]]
    assert lines[NODES].startswith(f"{len(nodes) - NODES} others")
    assert len(lines) == NODES + 1
    shares = [float(line.split()[-1].rstrip("%")) for line in lines]
    assert abs(sum(shares) - 100) < 1


def test_a_node_that_took_longer_comes_first_and_equal_ones_by_name() -> None:
    times = {"model.gsmt.b": 0.5, "model.gsmt.c": 2, "model.gsmt.a": 0.5}
    rows = [{"unique_id": name, "execution_time": seconds} for name, seconds in times.items()]
    assert [name[-1] for name, _ in node_seconds({"results": rows})] == ["c", "a", "b"]


def test_without_a_build_there_are_no_times(tmp_path: Path) -> None:
    printed = print_times(tmp_path)
    assert printed.returncode == 2
    assert "make build" in printed.stderr


def test_make_build_prints_them_where_it_is_asked_to() -> None:
    commands = [
        subprocess.run(
            ["make", "--no-print-directory", "--dry-run", "build", *asked],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for asked in ([], ["TIMES=1"])
    ]
    assert ["scripts.slowest_nodes" in text for text in commands] == [False, True]
    assert commands[1].splitlines()[-1].endswith("-m scripts.slowest_nodes")
