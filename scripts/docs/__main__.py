"""Command line of the documentation: `python -m scripts.docs --help`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from scripts.docs.generate import ToolError, generate_column_lineage, generate_model_docs
from scripts.docs.site import find_neighbours, render_site
from scripts.manifest import read_manifest
from scripts.target_status import NotBuiltError, open_database, read_target_statuses

FAILED, USAGE_ERROR = 1, 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotBuiltError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    except ToolError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(FAILED) from None


@app.command()
def site(
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file of the build.")
    ] = Path("gsmt.duckdb"),
    out: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("target/site"),
) -> None:
    """Write the documentation of a built project, all of it readable offline.

    Exit status: 0 written; 1 dbt or dbt-colibri failed; 2 there is no build to document.
    """
    with _errors_in_one_line():
        with open_database(read_manifest(target), database) as connection:
            statuses = read_target_statuses(connection, read_manifest(target))
        generate_model_docs(target, database, out)
        for line in generate_column_lineage(target, out):
            typer.secho(f"column lineage: {line}", fg="yellow", err=True)
        page = render_site(read_manifest(target), statuses, find_neighbours(target, out))
        (out / "index.html").write_text(page, encoding="utf-8")
    typer.echo(f"Site: {out / 'index.html'}")


if __name__ == "__main__":
    app()
