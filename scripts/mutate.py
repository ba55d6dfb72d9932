"""Break each metric on purpose and record which test notices: `python -m scripts.mutate --help`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.progress import track

from scripts.manifest import PROJECT
from scripts.scenario_alone import copy_project, scenario_variables
from scripts.terminal import plain

MUTATIONS = PROJECT / "scripts" / "mutations"
RECORD = PROJECT / "docs" / "mutations.md"
INTRODUCTION = """# Mutations

Tests are worth what they notice. Each row is a mistake that somebody could make in a
formula, made in a copy of the project; the test beside it failed. Written by
`python -m scripts.mutate`, from `scripts/mutations/`.
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console(stderr=True)


class MutationError(Exception):
    """A mutation that cannot be tried, which is not one that was caught."""


@dataclass(frozen=True)
class Mutation:
    """One wrong reading of a metric, as an edit of a file of the project."""

    scenario: str
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


# A mutation, and the names of the tests that caught it.
Outcome = tuple[Mutation, list[str]]


def read_mutations() -> list[Mutation]:
    """Every mutation of every scenario, in the order of their files."""
    return [
        Mutation(
            path.stem, metric, entry["mutation"], entry["file"], entry["replace"], entry["with"]
        )
        for path in sorted(MUTATIONS.glob("*.yml"))
        for metric, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for entry in entries
    ]


class Copy:
    """A copy of the project with one scenario alone, which is built, to be broken."""

    def __init__(self, folder: Path, scenario: str) -> None:
        """Copy what dbt reads to below `folder`."""
        self.scenario = scenario
        self.project = copy_project(scenario, folder / "project")
        self.built = folder / "built"
        self.target = folder / "target"
        self.database = folder / "gsmt.duckdb"

    def build(self) -> None:
        """Build the scenario as it is, to compare with.

        Raises:
            MutationError: a test fails already, so it could not tell a mutation.
        """
        if failed := self._build(self.scenario):
            raise MutationError(f"{self.scenario} as it is fails {', '.join(failed)}")
        self.built.mkdir()
        shutil.copy(self.database, self.built)
        shutil.copy(self.target / "manifest.json", self.built)

    def tests_that_catch(self, mutation: Mutation) -> list[str]:
        """Names of the tests that fail when what the mutation touches is built again.

        Raises:
            MutationError: the edit does not fit, or its SQL does not run.
        """
        file = self.project / mutation.file
        original = file.read_text(encoding="utf-8")
        shutil.copy(self.built / self.database.name, self.database)
        try:
            file.write_text(mutation.apply(original), encoding="utf-8")
            return self._build(f"state:modified+,{self.scenario}", "--state", str(self.built))
        finally:
            file.write_text(original, encoding="utf-8")

    def _build(self, selection: str, *arguments: str) -> list[str]:
        """Build a part of the copy; returns the names of the tests that fail."""
        results = self.target / "run_results.json"
        results.unlink(missing_ok=True)
        command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", selection]
        command += [*arguments, "--vars", json.dumps(scenario_variables(self.scenario))]
        command += ["--project-dir", str(self.project), "--profiles-dir", str(self.project)]
        command += ["--target-path", str(self.target), "--log-path", str(self.target)]
        finished = subprocess.run(
            command,
            cwd=PROJECT,
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


def break_each(mutations: Sequence[Mutation]) -> list[Outcome]:
    """Try mutations of one scenario, and say of each what caught it.

    Raises:
        MutationError: one cannot be tried.
    """
    scenario = mutations[0].scenario
    outcomes = []
    with TemporaryDirectory() as folder:
        copy = Copy(Path(folder), scenario)
        copy.build()
        for mutation in track(mutations, f"Breaking {scenario}", console=console):
            tests = copy.tests_that_catch(mutation)
            outcomes.append((mutation, tests))
            caught = f"{mutation.metric}: {mutation.change}: {', '.join(tests) or 'NOT CAUGHT'}"
            console.print(plain(caught, "" if tests else "red"), soft_wrap=True)
    return outcomes


def write_record(path: Path, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    """Write the tables of some scenarios; those of the others stay as they are recorded."""
    recorded = path.read_text(encoding="utf-8") if path.exists() else ""
    tables = dict(re.findall(r"^## (.+)\n\n((?:\|.*\n)+)", recorded, re.MULTILINE))
    for scenario, tried in outcomes.items():
        tables[scenario.replace("_", " ").capitalize()] = _table(tried)
    sections = [f"## {title}\n\n{table}" for title, table in sorted(tables.items())]
    path.write_text("\n".join([INTRODUCTION, *sections]), encoding="utf-8")


def _table(outcomes: Sequence[Outcome]) -> str:
    """Mutations and the tests that caught them."""
    lines = ["| metric | mutation | caught by |", "|---|---|---|"]
    for mutation, tests in outcomes:
        others = f" and {len(tests) - 1} more" if len(tests) > 1 else ""
        caught_by = f"`{tests[0]}`{others}" if tests else "**nothing**"
        lines.append(f"| `{mutation.metric}` | {mutation.change} | {caught_by} |")
    return "\n".join(lines) + "\n"


@app.command()
def mutate(
    metrics: Annotated[
        list[str] | None, typer.Argument(help="Metrics to break; all of them if none is named.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(help="The one to break; all of them without.")
    ] = None,
    record: Annotated[Path, typer.Option(help="Where the result is written.")] = RECORD,
) -> None:
    """Break each metric on purpose and record which test notices.

    Takes some minutes for each scenario. A scenario's result is written when all of its metrics
    have been broken. Exit status 1 if a mutation goes unnoticed, 2 if one cannot be tried.
    """
    known = [row for row in read_mutations() if scenario in (None, row.scenario)]
    chosen = [row for row in known if not metrics or row.metric in metrics]
    try:
        if not known:
            raise MutationError(f"no mutation is known for {scenario}")
        if unknown := set(metrics or ()) - {row.metric for row in known}:
            raise MutationError(f"no mutation is known for {', '.join(sorted(unknown))}")
        outcomes = {}
        for name in dict.fromkeys(row.scenario for row in chosen):
            tried = [row for row in chosen if row.scenario == name]
            outcomes[name] = break_each(tried)
            # What comes after may not be tried; that must not lose what was found.
            if tried == [row for row in known if row.scenario == name]:
                write_record(record, {name: outcomes[name]})
    except MutationError as error:
        console.print(plain(f"error: {error}", "red"), soft_wrap=True)
        raise typer.Exit(2) from None
    if not all(tests for tried in outcomes.values() for _, tests in tried):
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
