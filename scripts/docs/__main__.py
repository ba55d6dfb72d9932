"""Command line of the documentation: `python -m scripts.docs --help`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.docs.generate import ToolError, generate_column_lineage, generate_model_docs
from scripts.docs.links import MODELS_PAGE
from scripts.manifest import read_manifest
from scripts.target_status import NotBuiltError, open_database, read_target_statuses

FAILED, USAGE_ERROR = 1, 2


def main(
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    out: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("target/site"),
) -> None:
    """Write dbt's docs and the column lineage of a built project, both readable offline.

    Exit status: 0 written; 1 dbt or dbt-colibri failed; 2 there is no build to document.
    """
    try:
        manifest = read_manifest(target)
        with open_database(manifest, database) as connection:
            read_target_statuses(connection, manifest)
        generate_model_docs(target, database, out)
        for line in generate_column_lineage(target, out):
            typer.secho(f"column lineage: {line}", fg="yellow", err=True)
    except (FileNotFoundError, NotBuiltError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    except ToolError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(FAILED) from None
    typer.echo(f"Models: {out / MODELS_PAGE}")


if __name__ == "__main__":
    typer.run(main)
