"""`python -m scripts.map draft FOLDER`: draft a file of vars that maps logs to events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from scripts.manifest import read_manifest
from scripts.map.draft import Entry, as_yaml, draft
from scripts.map.logs import LogError, find_logs

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


def fits(entries: list[Entry]) -> bool:
    """Whether logs seem to be of a scenario: half of its events are found."""
    return 2 * sum(entry.is_found for entry in entries) >= len(entries)


@app.callback()
def about() -> None:
    """Map the columns, values and units of your own logs to the project's events."""


@app.command("draft")
def draft_mapping(
    folder: Annotated[Path, typer.Argument(help="Your logs: CSV or Parquet, in any folders.")],
    scenario: Annotated[
        list[str] | None, typer.Option(help="Only this scenario; may be repeated.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File to write; else standard output.")] = None,
    target: Annotated[Path, typer.Option(help="dbt's target folder.")] = Path("target"),
) -> None:
    """Draft var event_mapping from the names and values in your logs.

    What is uncertain is a comment with TODO. Exit status: 0 the draft is written; 2 there is
    nothing to read, or no such scenario.
    """
    try:
        signals = [signal for signal in read_manifest(target).signals() if not signal.is_derived]
        scenarios = sorted({signal.scenario for signal in signals})
        for name in scenario or []:
            if name not in scenarios:
                raise LogError(f"{name}: no such scenario; there are {', '.join(scenarios)}")
        with duckdb.connect() as connection:
            logs = find_logs(folder, connection)
            drafts = {name: draft(name, signals, logs) for name in scenario or scenarios}
            if not scenario:
                drafts = {name: found for name, found in drafts.items() if fits(found)}
            if not drafts:
                raise LogError(f"{folder}: fits none of {', '.join(scenarios)}; say --scenario")
            text = as_yaml(str(folder), drafts)
    except (FileNotFoundError, LogError) as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    app()
