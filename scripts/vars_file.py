"""Says in one line why a file of vars cannot be read: `python -m scripts.vars_file FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import yaml

USAGE_ERROR = 2


class VarsFileError(ValueError):
    """A file of vars that dbt would not read; the message is one line that says why."""


def check_vars_file(path: Path) -> None:
    """Read a file of vars as dbt reads `--vars`.

    Raises:
        VarsFileError: it is not there, no YAML, no mapping, or has a day that the calendar has not.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise VarsFileError(f"{path}: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict):
        raise VarsFileError(f"{path}: is not a mapping of vars to their values")


def main(path: Annotated[Path, typer.Argument(help="A YAML file of dbt vars.")]) -> None:
    """Exit status: 0 dbt can read it; 2 it cannot, and a line says why."""
    try:
        check_vars_file(path)
    except VarsFileError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(USAGE_ERROR) from None


if __name__ == "__main__":
    typer.run(main)
