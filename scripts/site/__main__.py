"""Command line of the site: `python -m scripts.site --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.manifest import read_manifest
from scripts.practice.worlds import NoWorldError
from scripts.site.charts import ChartError
from scripts.site.pages import Site
from scripts.site.world import read_world
from scripts.target_status import NotBuiltError

FAILED, USAGE_ERROR = 1, 2


def main(
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    degraded: Annotated[
        Path | None, typer.Option(help="A database of the degraded worlds, to switch to.")
    ] = None,
    hidden: Annotated[
        Path | None, typer.Option(help="A database to grade answers on, for pages of practice.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("target/site"),
) -> None:
    """Write the site of a built project: pages that open from the disk, and their data.

    Exit status: 0 written; 1 a metric asks for a picture that cannot be drawn; 2 there is no build.
    """
    try:
        manifest = read_manifest(target)
        worlds = [read_world(manifest, database, "healthy", "Healthy")]
        if degraded is not None:
            worlds.append(read_world(manifest, degraded, "degraded", "Degraded"))
        Site(manifest, worlds, out, sql=target / "sql", hidden=hidden).write()
    except (FileNotFoundError, NotBuiltError, NoWorldError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    except ChartError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(FAILED) from None
    typer.echo(f"Site: {out / 'index.html'}")


if __name__ == "__main__":
    typer.run(main)
