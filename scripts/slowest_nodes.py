"""The slowest nodes of the last build: `make build TIMES=1` ends with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from scripts.terminal import plain, wide_console

NODES = 10
USAGE_ERROR = 2


def node_seconds(results: dict[str, Any]) -> list[tuple[str, float]]:
    """Every node of a run with the seconds that it took, the slowest first."""
    seconds = ((row["unique_id"], float(row["execution_time"])) for row in results["results"])
    return sorted(seconds, key=lambda node: (-node[1], node[0]))


def times_table(nodes: list[tuple[str, float]], slowest: int = NODES) -> Table:
    """The slowest nodes with their share of what all nodes took together, and how many others."""
    total = sum(seconds for _, seconds in nodes)
    others = nodes[slowest:]
    rows = nodes[:slowest]
    if others:
        rows = [*rows, (f"{len(others)} others", sum(seconds for _, seconds in others))]
    table = Table(box=None, pad_edge=False)
    table.add_column("node", overflow="fold")
    table.add_column("seconds", justify="right")
    table.add_column("share", justify="right")
    for name, seconds in rows:
        share = f"{seconds / total:.1%}" if total else "-"
        table.add_row(plain(name), plain(f"{seconds:.2f}"), plain(share))
    return table


def main(
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
) -> None:
    """Print the ten slowest nodes of the last build; two run at once, so seconds add up to more.

    Exit status: 0; 2 there is no build.
    """
    path = target / "run_results.json"
    if not path.exists():
        message = f"error: {path} does not exist; run `make build` (or `dbt build`) first"
        typer.secho(message, fg="red", err=True)
        raise typer.Exit(USAGE_ERROR)
    nodes = node_seconds(json.loads(path.read_text(encoding="utf-8")))
    wide_console().print(times_table(nodes))


if __name__ == "__main__":
    typer.run(main)
