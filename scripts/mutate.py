"""Break each metric on purpose and record which test notices: `python -m scripts.mutate --help`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.progress import track

from scripts.manifest import PROJECT

MUTATIONS = PROJECT / "scripts" / "mutations"
RECORD = PROJECT / "docs" / "mutations.md"
COPIED = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(stderr=True)


class MutationError(Exception):
    """A mutation that cannot be tried, which is not one that was caught."""


@dataclass(frozen=True)
class Mutation:
    """One wrong reading of a metric, as an edit of a file of the project."""

    metric: str
    change: str
    file: str
    old: str
    new: str

    def apply(self, text: str) -> str:
        """Edit the text of the file.

        Raises:
            MutationError: the old text is not there exactly once.
        """
        pattern = r"\s+".join(re.escape(word) for word in self.old.split())
        mutated, count = re.subn(pattern, lambda _: self.new, text)
        if count != 1:
            raise MutationError(f"{self.file} holds {self.old!r} {count} times instead of once")
        return mutated


def read_mutations() -> list[Mutation]:
    """Every mutation of every scenario, in the order of their files."""
    return [
        Mutation(metric, entry["mutation"], entry["file"], entry["replace"], entry["with"])
        for path in sorted(MUTATIONS.glob("*.yml"))
        for metric, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for entry in entries
    ]


class Copy:
    """A built copy of the project, to be broken."""

    def __init__(self, folder: Path) -> None:
        """Copy what dbt reads to below `folder`."""
        self.project = folder / "project"
        self.built = folder / "built"
        self.target = folder / "target"
        self.database = folder / "gsmt.duckdb"
        for name in COPIED:
            source, copy = PROJECT / name, self.project / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, copy)
            else:
                shutil.copy(source, copy)

    def build(self) -> None:
        """Build the project as it is, to compare with.

        Raises:
            MutationError: a test fails already, so it could not tell a mutation.
        """
        if failed := self._dbt("build"):
            raise MutationError(f"the project as it is fails {', '.join(failed)}")
        self.built.mkdir()
        shutil.copy(self.database, self.built)
        shutil.copy(self.target / "manifest.json", self.built)

    def tests_that_catch(self, mutation: Mutation) -> list[str]:
        """Names of the tests that fail when everything the mutation touches is built again.

        Raises:
            MutationError: the edit does not fit, or its SQL does not run.
        """
        file = self.project / mutation.file
        original = file.read_text(encoding="utf-8")
        shutil.copy(self.built / self.database.name, self.database)
        try:
            file.write_text(mutation.apply(original), encoding="utf-8")
            return self._dbt("build", "--select", "state:modified+", "--state", str(self.built))
        finally:
            file.write_text(original, encoding="utf-8")

    def _dbt(self, *arguments: str) -> list[str]:
        """Run dbt on the copy; returns the names of the tests that fail."""
        results = self.target / "run_results.json"
        results.unlink(missing_ok=True)
        command = [sys.executable, "-m", "dbt.cli.main", *arguments, "--profiles-dir", "."]
        command += ["--target-path", str(self.target), "--log-path", str(self.target)]
        finished = subprocess.run(
            command,
            cwd=self.project,
            env={**os.environ, "GSMT_DATABASE": str(self.database)},
            capture_output=True,
            text=True,
            check=False,
        )
        if not results.exists():
            raise MutationError(f"dbt did not run:\n{finished.stdout}{finished.stderr}")
        outcomes = json.loads(results.read_text(encoding="utf-8"))["results"]
        errors = [row["message"] for row in outcomes if row["status"] == "error"]
        if errors:
            raise MutationError("\n".join(errors))
        return sorted(_name(row) for row in outcomes if row["status"] == "fail")


def _name(outcome: dict[str, Any]) -> str:
    kind, _, *names = outcome["unique_id"].split(".")
    return str(names[1] if kind == "unit_test" else names[0])


def write_record(path: Path, outcomes: Iterable[tuple[Mutation, list[str]]]) -> None:
    """Write the table of mutations and of the tests that caught them."""
    lines = [
        "# Mutations",
        "",
        "Tests are worth what they notice. Each row is a mistake that somebody could make in a",
        "formula, made in a copy of the project; the test beside it failed. Written by",
        "`python -m scripts.mutate`, from `scripts/mutations/`.",
        "",
        "| metric | mutation | caught by |",
        "|---|---|---|",
    ]
    for mutation, tests in outcomes:
        others = f" and {len(tests) - 1} more" if len(tests) > 1 else ""
        caught_by = f"`{tests[0]}`{others}" if tests else "**nothing**"
        lines.append(f"| `{mutation.metric}` | {mutation.change} | {caught_by} |")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@app.command()
def mutate(
    metrics: Annotated[
        list[str] | None, typer.Argument(help="Metrics to break; all of them if none is named.")
    ] = None,
    record: Annotated[Path, typer.Option(help="Where the result is written.")] = RECORD,
) -> None:
    """Break each metric on purpose and record which test notices.

    Takes some minutes. The result is written only when all metrics are broken. Exit status 1 if a
    mutation goes unnoticed, 2 if one cannot be tried.
    """
    known = read_mutations()
    chosen = [mutation for mutation in known if not metrics or mutation.metric in metrics]
    outcomes = []
    try:
        if unknown := set(metrics or ()) - {mutation.metric for mutation in known}:
            raise MutationError(f"no mutation is known for {', '.join(sorted(unknown))}")
        with TemporaryDirectory() as folder:
            copy = Copy(Path(folder))
            copy.build()
            for mutation in track(chosen, "Breaking the metrics", console=console):
                tests = copy.tests_that_catch(mutation)
                outcomes.append((mutation, tests))
                console.print(
                    f"{mutation.metric}: {mutation.change}: {', '.join(tests) or 'NOT CAUGHT'}",
                    style=None if tests else "red",
                    highlight=False,
                    soft_wrap=True,
                )
    except MutationError as error:
        console.print(f"error: {error}", style="red", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from None
    if chosen == known:
        write_record(record, outcomes)
    if not all(tests for _, tests in outcomes):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
