"""Check one metric in every way that it is tested, in under a minute: `make check METRIC=name`."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console

from scripts.manifest import PROJECT, Manifest, Metric, read_manifest
from scripts.mutate import Mutation, MutationError, read_mutations
from scripts.scenario_alone import copy_project, scenario_variables
from scripts.sql_export.agreement import disagreements, mart_query
from scripts.sql_export.analyses import read_analyses
from scripts.terminal import plain
from scripts.warm_dbt import invoke, keep_for_children, places

EXPECTED = {"healthy": "met", "degraded": "missed"}
WORLDS = PROJECT / "worlds" / "check"
# Where dbt keeps what it parsed of a scenario, so that the next check reads only what has changed.
TARGET = PROJECT / "target" / "check"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
console = Console()


@dataclass(frozen=True)
class Parsed:
    """What dbt has parsed of a project, where it lies, and the vars it was parsed with."""

    manifest: Any
    project: Path
    folder: Path
    variables: str

    def read(self) -> Manifest:
        """The manifest as dbt wrote it."""
        return read_manifest(self.folder / "target")


# Child processes are forked with it, so that none parses again.
parsed: Parsed


class CheckError(Exception):
    """The check cannot begin; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What a run of dbt came to: its tests by name, and what was wrong, in sentences."""

    tests: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[str]:
        """Names of the tests that found something."""
        return sorted(name for name, status in self.tests.items() if status != "pass")


class Metrics:
    """What of the project a metric is made of, from dbt's own manifest."""

    def __init__(self, manifest: Manifest, name: str) -> None:
        """Find the metric and its mutations.

        Raises:
            CheckError: there is no such metric.
        """
        known = {metric.name: metric for metric in manifest.metrics()}
        if name not in known:
            raise CheckError(f"there is no metric '{name}', but {', '.join(known)}")
        self.manifest = manifest
        self.metric: Metric = known[name]
        self.mutations = [one for one in read_mutations() if one.metric == name]
        self.analyses = [one for one in read_analyses(manifest) if one.metric == name]
        facts = manifest.model(self.metric.model)["config"]["meta"]["gsmt"]
        self.roots = {self._id(self.metric.model)}
        for target in facts["targets"]:
            compare = target.get("compare") or {}
            models = [compare.get("rows"), compare.get("readout")]
            models += [f"mart_{metric}" for metric in compare.get("metrics", [])]
            self.roots |= {self._id(model) for model in models if model}
        mutated = {mutation.file for mutation in self.mutations}
        self.roots |= {
            node["unique_id"] for node in manifest.models() if node["original_file_path"] in mutated
        }
        self.nodes = self._ancestors(self.roots)

    def models_after(self, changed: set[str]) -> list[str]:
        """Names of the models of the metric that a change of some nodes may change."""
        found = set(changed)
        grown = True
        while grown:
            grown = False
            for unique_id in self.nodes - found:
                if found & set(self.manifest.nodes[unique_id]["depends_on"].get("nodes", [])):
                    found.add(unique_id)
                    grown = True
        return sorted(self.manifest.nodes[unique_id]["name"] for unique_id in found & self.nodes)

    def models_before(self, model: str) -> set[str]:
        """Names of a model and of all that it is computed from."""
        found = self._ancestors([self._id(model)])
        return {str(self.manifest.nodes[unique_id]["name"]) for unique_id in found}

    def _id(self, model: str) -> str:
        return str(self.manifest.model(model)["unique_id"])

    def _ancestors(self, unique_ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(unique_ids)
        while waiting:
            unique_id = waiting.pop()
            if unique_id not in found and unique_id in self.manifest.nodes:
                found.add(unique_id)
                waiting += self.manifest.nodes[unique_id]["depends_on"].get("nodes", [])
        return found


def parse(metric: str) -> Manifest:
    """Parse the scenario of a metric; warnings and deprecations are errors.

    Raises:
        CheckError: it does not parse; the message is dbt's.
    """
    global parsed
    from dbt.cli.main import dbtRunner

    # Of a metric that is nowhere all scenarios are read, to say which there are.
    mart = next(PROJECT.glob(f"models/*/marts/mart_{metric}.sql"), None)
    scenario = mart.relative_to(PROJECT).parts[1] if mart else None
    folder, project = TARGET / (scenario or "all"), PROJECT
    if scenario:
        shutil.rmtree(folder / "project", ignore_errors=True)
        project = copy_project(scenario, folder / "project")
    variables = json.dumps(scenario_variables(scenario) if scenario else {})
    arguments = ["--quiet", "--warn-error", "parse", "--show-all-deprecations"]
    arguments += ["--vars", variables, *places(folder, project)]
    result = dbtRunner().invoke(arguments)
    if not result.success:
        raise CheckError(f"the project does not parse: {result.exception}")
    parsed = Parsed(result.result, project, folder, variables)
    keep_for_children(parsed.manifest)
    return parsed.read()


def build_world(folder: Path, metric: str, world: str, raw: Path) -> Outcome:
    """Build a metric in a world, and compare its targets and its whiteboard queries with the mart.

    `raw` is the folder with the CSV files of the world's events, which take the place of the seeds.
    """
    made_of = Metrics(parsed.read(), metric)
    database = folder / "gsmt.duckdb"
    with duckdb.connect(str(database)) as connection:
        _load_events(connection, made_of, raw)
    names = [made_of.manifest.nodes[unique_id]["name"] for unique_id in made_of.nodes]
    outcome = _build(folder, [name for name in names if not name.startswith("raw_")])
    # Of a degraded world targets are to be missed, and other tests to pass all the same.
    problems = outcome.problems + [f"test {name} fails" for name in outcome.failed]
    if outcome.problems or outcome.skipped:
        problems += [f"{name} is not built, because of that" for name in outcome.skipped]
        return Outcome(outcome.tests, problems)
    targets = _targets(folder, made_of)
    seen = [f"{target} is {status} ({value})" for target, (status, value) in targets.items()]
    problems += [
        f"target {target} is {status} in the {world} world, expected {EXPECTED[world]}"
        for target, (status, _) in targets.items()
        if status != EXPECTED[world]
    ]
    with duckdb.connect(str(database), read_only=True) as connection:
        problems += _disagreements(connection, made_of)
    return Outcome(outcome.tests, problems, seen)


def try_mutation(folder: Path, metric: str, built: Path, mutation: Mutation) -> Outcome:
    """Break a metric in memory, build what that changes, and say which tests notice."""
    folder.mkdir()
    shutil.copy(built / "gsmt.duckdb", folder)
    try:
        models = break_in_memory(Metrics(parsed.read(), metric), mutation)
    except MutationError as error:
        return Outcome(problems=[str(error)])
    return _build(folder, models)


def break_in_memory(made_of: Metrics, mutation: Mutation) -> list[str]:
    """Apply a mutation to what was parsed; returns the models of the metric that it may change.

    Raises:
        MutationError: it does not fit, or is no part of the metric.
    """
    from dbt_common.clients.jinja import template_cache

    manifest, file = parsed.manifest, mutation.file
    nodes = [one for one in manifest.nodes.values() if one.original_file_path == file]
    macros = [one for one in manifest.macros.values() if one.original_file_path == file]
    macros = [one for one in macros if one.package_name == made_of.manifest.project]
    changed = set()
    for node in nodes:
        node.raw_code = mutation.apply(node.raw_code)
        changed.add(node.unique_id)
    if macros:
        macro = _only(macros, mutation)
        macro.macro_sql = mutation.apply(macro.macro_sql)
        changed |= {one for one in made_of.nodes if macro.unique_id in _macros_of(one)}
    template_cache.clear()
    models = made_of.models_after(changed)
    if not models:
        raise MutationError(f"{mutation.file} is no part of {made_of.metric.name}")
    return models


def lint(made_of: Metrics) -> list[str]:
    """What sqlfluff says of the metric's mart and queries, a line each."""
    files = [made_of.manifest.model(made_of.metric.model)["original_file_path"]]
    files += [analysis.path for analysis in made_of.analyses]
    command = [sys.executable, "-m", "sqlfluff", "lint", "--format", "github-annotation-native"]
    finished = subprocess.run(
        [*command, *files], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if finished.returncode == 0:
        return []
    return [line for line in finished.stdout.splitlines() if line.startswith("::")] or [
        finished.stdout + finished.stderr
    ]


def degraded_world(scenario: str) -> Path:
    """The folder of a scenario's degraded events as CSV, simulated anew if its scripts changed."""
    folder = WORLDS / "degraded"
    finished = folder / scenario / "planted.json"
    scripts = (PROJECT / "scripts" / "worlds").rglob("*.py")
    newest = max(path.stat().st_mtime for path in scripts)
    if not finished.exists() or finished.stat().st_mtime < newest:
        shutil.rmtree(folder / scenario, ignore_errors=True)
        command = [sys.executable, "-m", "scripts.worlds", "generate", scenario]
        command += ["--world", "degraded", "--format", "csv", "--out", str(folder)]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return folder / scenario


def _load_events(connection: duckdb.DuckDBPyConnection, made_of: Metrics, raw: Path) -> None:
    for unique_id in made_of.nodes:
        node = made_of.manifest.nodes[unique_id]
        if node["resource_type"] == "seed" and node["name"].startswith("raw_"):
            schema, event = node["schema"], node["name"].split("__", 1)[1]
            (file,) = [*raw.glob(f"{event}.csv"), *raw.glob(f"{node['name']}.csv")]
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(
                f"create table {schema}.{node['name']} as from read_csv('{file}',"
                """ all_varchar = true, header = true, delim = ',', quote = '"', escape = '"',"""
                " null_padding = true, sample_size = -1)"
            )


def _build(folder: Path, names: list[str]) -> Outcome:
    """Build some nodes and run the tests that read nothing else than them and what is upstream."""
    result = run_parsed(folder, "build", "--indirect-selection", "buildable", "--select", *names)
    if result.exception:
        return Outcome(problems=[str(result.exception)])
    outcome = Outcome()
    for row in result.result.results:
        kind, _, *rest = row.node.unique_id.split(".")
        if row.status in ("error", "runtime error"):
            outcome.problems.append(f"{row.node.name}: {row.message}")
        elif row.status == "skipped" and kind == "model":
            outcome.skipped.append(row.node.name)
        elif row.status != "skipped" and kind in ("test", "unit_test"):
            outcome.tests[rest[1] if kind == "unit_test" else rest[0]] = str(row.status)
    return outcome


def _targets(folder: Path, made_of: Metrics) -> dict[str, tuple[str, str]]:
    """The status and the observed value of each target, judged as its test judges it."""
    metric = made_of.metric
    if not metric.targets:
        return {}
    judged = [f"declared_target('{metric.model}', '{target.id}')" for target in metric.targets]
    inline = " union all ".join(f"select * from ({{{{ judge_target({one}) }}}})" for one in judged)
    result = run_parsed(folder, "compile", "--inline", inline)
    if result.exception:
        return {target.id: ("not judged", str(result.exception)) for target in metric.targets}
    sql = result.result.results[0].node.compiled_code
    with duckdb.connect(str(folder / "gsmt.duckdb"), read_only=True) as connection:
        rows = connection.execute(f"select target_id, status, observed from ({sql})").fetchall()
    found = {identity: (status, observed) for identity, status, observed in rows}
    return {
        target.id: (found[target.id][0], f"{found[target.id][1]:.4g}")
        if found[target.id][1] is not None
        else (found[target.id][0], "nothing observed")
        for target in metric.targets
    }


def _disagreements(connection: duckdb.DuckDBPyConnection, made_of: Metrics) -> list[str]:
    """Where the whiteboard queries of the metric and its mart differ."""
    if not made_of.analyses:
        return ["there is no whiteboard query"]
    problems = []
    for analysis in made_of.analyses:
        sql = analysis.sql(lambda model: str(made_of.manifest.model(model)["relation_name"]))
        answer = connection.execute(sql)
        columns = [column[0] for column in answer.description or []]
        rows = answer.fetchall()
        mart = connection.execute(mart_query(made_of.metric, analysis)).fetchall()
        found = disagreements(made_of.metric, columns, rows, mart)
        problems += [f"{analysis.path}: {one}" for one in found[:3]]
    return problems


def run_parsed(folder: Path, *arguments: str) -> Any:
    """Run dbt on what was parsed, with database, artifacts and output in a folder."""
    os.environ["GSMT_DATABASE"] = str(folder / "gsmt.duckdb")
    given = ["--vars", parsed.variables, *places(folder, parsed.project)]
    with (folder / "output.txt").open("a") as output, contextlib.redirect_stdout(output):
        return invoke(parsed.manifest, ["--quiet", *arguments, *given])


def _only(macros: list[Any], mutation: Mutation) -> Any:
    """The macro of a file that holds what the mutation replaces."""
    for macro in macros:
        with contextlib.suppress(MutationError):
            mutation.apply(macro.macro_sql)
            return macro
    raise MutationError(f"{mutation.file} has no macro with {mutation.old!r} in it once")


def _macros_of(unique_id: str) -> set[str]:
    """The macros that a node calls, and those that they call."""
    found: set[str] = set()
    waiting = list(parsed.manifest.nodes[unique_id].depends_on.macros)
    while waiting:
        name = waiting.pop()
        if name not in found and name in parsed.manifest.macros:
            found.add(name)
            waiting += parsed.manifest.macros[name].depends_on.macros
    return found


def _say(step: str, problems: list[str], told: str, started: float) -> bool:
    """Print a line for a step, and one for each of its problems; returns whether it passed."""
    style, word = ("red", "FAIL") if problems else ("green", "ok")
    seconds = f"{time.monotonic() - started:4.0f} s"
    console.print(plain(f"{word:4}", style) + plain(f" {seconds}  {step}: {told}"), soft_wrap=True)
    for problem in problems:
        console.print(plain(f"       {problem}"), soft_wrap=True)
    return not problems


@app.command()
def check(
    metric: Annotated[str, typer.Argument(help="The metric to check.")],
) -> None:
    """Check one metric: lint, tests, targets and whiteboard queries in both worlds, mutations.

    Exit status: 0; 1 something is wrong; 2 there is no such metric, or nothing parses.
    """
    started = time.monotonic()
    try:
        made_of = Metrics(parse(metric), metric)
    except CheckError as error:
        typer.secho(f"error: {error}", fg="red", err=True)
        raise typer.Exit(2) from None
    with TemporaryDirectory() as folder:
        if not _run(Path(folder), made_of, started):
            raise typer.Exit(1)


def _run(folder: Path, made_of: Metrics, started: float) -> bool:
    """Run every step, two at a time, and print each; returns whether all of them passed."""
    metric, scenario = made_of.metric.name, made_of.metric.scenario
    passed = [_say("parse", [], "no warning and no deprecation", started)]
    # A process for each run, forked with what was parsed: dbt keeps one database open in each.
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        builds = {}
        for world in EXPECTED:
            (folder / world).mkdir()
        raw = PROJECT / "seeds" / scenario
        builds["healthy"] = pool.apply_async(
            build_world, (folder / "healthy", metric, "healthy", raw)
        )
        raw = degraded_world(scenario)
        builds["degraded"] = pool.apply_async(
            build_world, (folder / "degraded", metric, "degraded", raw)
        )
        linted = pool.apply_async(lint, (made_of,))
        for world, build in builds.items():
            outcome: Outcome = build.get()
            told = f"{len(outcome.tests)} tests; {'; '.join(outcome.seen) or 'no target'}"
            passed.append(_say(f"{world} world", outcome.problems, told, started))
        if all(passed):
            tried = [
                pool.apply_async(
                    try_mutation, (folder / str(number), metric, folder / "healthy", mutation)
                )
                for number, mutation in enumerate(made_of.mutations)
            ]
            for mutation, run in zip(made_of.mutations, tried, strict=True):
                outcome = run.get()
                problems = outcome.problems or ([] if outcome.failed else ["no test notices"])
                caught = ", ".join(outcome.failed[:2]) or "nothing"
                told = f"{mutation.change}: caught by {caught}"
                passed.append(_say("mutation", problems, told, started))
            few = ["a metric has three mutations or more"] if len(tried) < 3 else []
            passed.append(_say("mutations", few, f"{len(tried)} tried", started))
        else:
            passed.append(_say("mutations", ["not tried, because the build fails"], "", started))
        passed.append(_say("lint", linted.get(), "the mart and its queries", started))
    return all(passed)


if __name__ == "__main__":
    app()
