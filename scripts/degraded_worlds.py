"""Degraded worlds in databases of their own: `python -m scripts.degraded_worlds --help`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scripts.declared import declared_scenarios
from scripts.practice.exercises import read_exercises
from scripts.warm_dbt import Run, WarmDbt
from scripts.worlds.make import make, write_world
from scripts.worlds.registry import SCENARIOS

# Added to the seed of each hidden world, so that its users are not those one sees.
SEEDS_LATER = 1


def build_degraded(dbt: WarmDbt, folder: Path, *selection: str, seeds_later: int = 0) -> Run:
    """Simulate the degraded worlds and build their models, without tests: targets are missed.

    Args:
        dbt: runs the build.
        folder: what is in it is removed; the database is `gsmt.duckdb` there.
        selection: dbt's arguments that choose models; all, if there are none.
        seeds_later: added to the seed of each world.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in declared_scenarios():
        scenario = SCENARIOS[name]
        seed = scenario.defaults.seed + seeds_later
        arguments = replace(scenario.defaults, world="degraded", seed=seed)
        write_world(make(scenario, arguments, lambda: None), folder / "world" / name)
    kinds = ("--resource-type", "model", "--resource-type", "seed")
    variables = {"raw_path": str(folder / "world")}
    return dbt.run(folder, "build", *kinds, *selection, variables=variables)


def build_hidden(dbt: WarmDbt, folder: Path) -> Run:
    """Build what exercises read, from degraded worlds of other seeds than the project's."""
    read = {(one.scenario, table) for one in read_exercises() for table in one.tables}
    selected = [f"+{_model(scenario, table)}" for scenario, table in sorted(read)]
    return build_degraded(dbt, folder, "--select", *selected, seeds_later=SEEDS_LATER)


def _model(scenario: str, table: str) -> str:
    """The model of a table that an exercise names: `fct_rides` is `fct_ride_sharing__rides`."""
    kind, name = table.split("_", 1)
    return f"{kind}_{scenario}__{name}"


class Worlds(StrEnum):
    """Those that the site switches to, and those that answers are graded on."""

    degraded = "degraded"
    hidden = "hidden"


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

BUILDS: dict[Worlds, Callable[[WarmDbt, Path], Run]] = {
    Worlds.degraded: build_degraded,
    Worlds.hidden: build_hidden,
}


@app.command()
def main(
    worlds: Annotated[list[Worlds], typer.Argument(help="Which; each into a folder of its name.")],
    out: Annotated[Path, typer.Option(help="Folder of the folders of databases.")] = Path("target"),
) -> None:
    """Build the worlds that the site switches to, or the hidden ones that answers are graded on.

    Each takes a minute, and dbt another one to parse. Exit status: 0; 1 dbt failed.
    """
    with closing(WarmDbt()) as dbt:
        for name in worlds:
            run = BUILDS[name](dbt, out.resolve() / name)
            if run.exit_code:
                typer.secho(f"error: dbt failed:\n{run.output[-2000:]}", fg="red", err=True)
                raise typer.Exit(1)
            typer.echo(f"Worlds: {out / name / 'gsmt.duckdb'}")


if __name__ == "__main__":
    app()
