"""Run the tools that document the project: dbt's static docs and dbt-colibri's column lineage."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.docs.links import COLUMNS_PAGE, MODELS_PAGE
from scripts.manifest import PROJECT

# What dbt puts into the one file of its docs, as it is.
EMBEDDED = ("manifest.json", "catalog.json")
RUN_RESULTS = "run_results.json"


class ToolError(Exception):
    """A tool ended with an error; the message is what it printed last."""


def generate_model_docs(target: Path, database: Path, out: Path) -> None:
    """Write dbt's docs, one file, to `out`, and its manifest and catalog to `target`.

    The vars of the last run in `target` hold here too: what is documented is what was built. The
    results of that run stay, though dbt would write those of documenting over them.

    Raises:
        ToolError: dbt failed.
    """
    dbt = str(Path(sys.executable).with_name("dbt"))
    command = [dbt, "--no-use-colors", "docs", "generate", "--static"]
    command += ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    command += ["--target-path", str(target.resolve()), "--vars", json.dumps(last_vars(target))]
    with _results_kept(target):
        run_tool(command, {"GSMT_DATABASE": str(database.resolve())})
    page = (target / "static_index.html").read_text(encoding="utf-8")
    files = [(target / name).read_text(encoding="utf-8").strip() for name in EMBEDDED]
    out.mkdir(parents=True, exist_ok=True)
    (out / MODELS_PAGE).write_text(without_markup_in(page, files), encoding="utf-8")


def without_markup_in(page: str, embedded: Iterable[str]) -> str:
    """A page whose scripts hold these texts of JSON, with no `<` in them to end a script."""
    for text in embedded:
        page = page.replace(text, text.replace("<", "\\u003c"))
    return page


def generate_column_lineage(target: Path, out: Path) -> list[str]:
    """Write the page of column lineage below `out`; returns the columns that it could not trace.

    Raises:
        ToolError: dbt-colibri failed.
    """
    command = [sys.executable, "-m", "scripts.docs.column_lineage", "generate"]
    command += ["--disable-telemetry"]
    command += ["--manifest", str((target / "manifest.json").resolve())]
    command += ["--catalog", str((target / "catalog.json").resolve())]
    command += ["--output-dir", str((out / COLUMNS_PAGE).parent.resolve())]
    # It would ask the package index for a newer version of itself.
    output = run_tool(command, {"DBT_COLIBRI_NO_VERSION_CHECK": "1"})
    return [line for line in output.splitlines() if "Unexpected error" in line]


@contextmanager
def _results_kept(target: Path) -> Iterator[None]:
    """Put back what the last run in a target folder has said of its nodes."""
    path = target / RUN_RESULTS
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    finally:
        if before is not None:
            path.write_bytes(before)


def last_vars(target: Path) -> dict[str, object]:
    """The vars of the last run in a target folder; none where nothing ran."""
    path = target / RUN_RESULTS
    if not path.exists():
        return {}
    variables: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["args"]["vars"]
    return variables


def run_tool(command: list[str], environment: dict[str, str]) -> str:
    """What a command prints, run in the project with these variables added to the environment.

    Raises:
        ToolError: it failed; the message has the end of what it printed.
    """
    finished = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    output = finished.stdout + finished.stderr
    if finished.returncode != 0:
        tail = "\n".join(output.strip().splitlines()[-15:])
        raise ToolError(f"{' '.join(command[:4])} ended with {finished.returncode}:\n{tail}")
    return output
