"""Build the degraded worlds into a database of their own: `python -m scripts.site.degraded`."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from scripts.declared import declared_scenarios
from scripts.warm_dbt import WarmDbt
from scripts.worlds.make import make, write_world
from scripts.worlds.registry import SCENARIOS

DATABASE = "gsmt.duckdb"


def build_degraded(folder: Path) -> str | None:
    """Simulate the degraded worlds and build their models; returns what dbt said of a failure.

    The database is `gsmt.duckdb` in the folder. Tests are left out: targets are to be missed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name in declared_scenarios():
        scenario = SCENARIOS[name]
        world = make(scenario, replace(scenario.defaults, world="degraded"), lambda: None)
        write_world(world, folder / "world" / name)
    kinds = ("--resource-type", "model", "--resource-type", "seed")
    with closing(WarmDbt()) as dbt:
        run = dbt.run(folder, "build", *kinds, variables={"raw_path": str(folder / "world")})
    return run.output if run.exit_code else None


def main(
    out: Annotated[Path, typer.Option(help="Folder of the worlds and of their database.")],
) -> None:
    """Make the degraded worlds and build their metrics and targets, which takes a minute.

    Exit status: 0; 1 dbt failed.
    """
    if said := build_degraded(out.resolve()):
        typer.secho(f"error: dbt failed:\n{said[-2000:]}", fg="red", err=True)
        raise typer.Exit(1)
    typer.echo(f"Degraded worlds: {out / DATABASE}")


if __name__ == "__main__":
    typer.run(main)
