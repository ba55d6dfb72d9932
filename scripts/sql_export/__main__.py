"""`python -m scripts.sql_export`: write the whiteboard queries and tables for every dialect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.manifest import read_manifest
from scripts.sql_export.dialects import DIALECTS
from scripts.sql_export.export import write_export
from scripts.sql_export.samples import write_samples
from scripts.target_status import NotBuiltError, open_database

app = typer.Typer(add_completion=False)


@app.command()
def main(
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("target/sql"),
    database: Annotated[
        Path, typer.Option(envvar="GSMT_DATABASE", help="The DuckDB file that has sample rows.")
    ] = Path("gsmt.duckdb"),
) -> None:
    """Export each metric's whiteboard query, and the tables it needs, to every dialect.

    Sample rows for the tables come from the database, where it is built.
    """
    try:
        manifest = read_manifest(target)
    except FileNotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="--target") from error
    written = write_export(manifest, out)
    try:
        with open_database(manifest, database) as connection:
            written += write_samples(manifest, connection, out)
    except NotBuiltError as error:
        typer.echo(f"without sample rows: {error}")
    for dialect in DIALECTS:
        files = [path for path in written if path.relative_to(out).parts[0] == dialect.name]
        typer.echo(f"{out / dialect.name}: {len(files)} files, {dialect.claim}")


if __name__ == "__main__":
    app()
