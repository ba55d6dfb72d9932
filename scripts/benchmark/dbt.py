"""Runs of dbt to be measured, and the statements that they came to."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import yaml
from jinja2 import Template

from scripts.benchmark.process import Measured, RunFailedError, measure
from scripts.manifest import PROJECT
from scripts.scenario_alone import scenario_variables

SCENARIO = "ride_sharing"
# Status 1 is a data test that fails, which is a finding about the events, or something worse.
ACCEPTED = (0, 1)


@dataclass(frozen=True)
class Node:
    """A node of a run, as dbt timed it. `kind` is model, seed, test, unit_test, operation ..."""

    unique_id: str
    status: str
    seconds: float
    compiled_code: str | None

    @property
    def kind(self) -> str:
        """What comes first in its id."""
        return self.unique_id.split(".", 1)[0]

    @property
    def name(self) -> str:
        """Its name, without the hash that ends the id of a generic test."""
        return self.unique_id.split(".", 2)[2]


@dataclass(frozen=True)
class Statement:
    """A node as one bare statement of SQL."""

    name: str
    kind: str
    sql: str


def raw_events(scenario: str, folder: Path) -> dict[str, Any]:
    """The vars with which a scenario alone is built from events below a folder."""
    return scenario_variables(scenario, {"raw_path": str(folder)})


@dataclass(frozen=True)
class Dbt:
    """dbt with database, target and logs in a folder of its own, so that it parses once."""

    folder: Path
    variables: dict[str, Any] = field(default_factory=dict)
    project: Path = PROJECT

    @property
    def database(self) -> Path:
        """The database that it builds into."""
        return self.folder / "gsmt.duckdb"

    @property
    def target(self) -> Path:
        """The folder of its artifacts."""
        return self.folder / "target"

    def forget(self) -> None:
        """Remove the database, so that the next run builds everything; the parsed project stays."""
        remove_database(self.database)

    def parse(self) -> None:
        """Parse the project, so that no run that is measured has to read all of it."""
        self._measure(self.folder / "output.txt", "parse")

    def build(self, scenario: str, *arguments: str) -> tuple[Measured, list[Node]]:
        """Build a scenario of many events, as `run` does, without its unit tests.

        Their rows are written in the YAML, so they say nothing new of the events: dbt's
        documentation advises to leave them out of builds in production.
        """
        left_out = ("--exclude-resource-type", "unit_test")
        return self.run("build", "--select", scenario, *left_out, *arguments)

    def run(self, *arguments: str) -> tuple[Measured, list[Node]]:
        """One run of dbt, and its nodes in the order in which they ended.

        Raises:
            RunFailedError: dbt fails, or something other than a data test does.
        """
        results = self.target / "run_results.json"
        results.unlink(missing_ok=True)
        log = self.folder / "output.txt"
        measured = self._measure(log, *arguments)
        if not results.exists():
            raise RunFailedError(f"dbt built nothing; its output is in {log}")
        nodes = [
            Node(row["unique_id"], row["status"], row["execution_time"], row.get("compiled_code"))
            for row in json.loads(results.read_text(encoding="utf-8"))["results"]
        ]
        broken = [
            node.name
            for node in nodes
            if node.status in ("error", "skipped")
            or (node.status == "fail" and node.kind != "test")
        ]
        if broken:
            raise RunFailedError(f"{', '.join(broken[:5])} failed or were skipped; see {log}")
        return measured, nodes

    def statements(self, nodes: list[Node]) -> list[Statement]:
        """What the nodes of a run are as bare SQL, each model of the same kind as dbt made it.

        A test counts its rows. Schemas come first; a seed is read from its file with the types of
        the table that dbt made of it.
        """
        manifest = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        relations = manifest["nodes"]
        schemas = sorted(
            {
                relations[node.unique_id]["schema"]
                for node in nodes
                if node.kind in ("model", "seed")
            }
        )
        bare = [
            Statement(schema, "schema", f'create schema if not exists "{schema}"')
            for schema in schemas
        ]
        for node in nodes:
            if node.kind == "model":
                relation = relations[node.unique_id]
                kind = "view" if relation["config"]["materialized"] == "view" else "table"
                sql = (
                    f"create or replace {kind} {relation['relation_name']} as {node.compiled_code}"
                )
                bare.append(Statement(node.name, "model", sql))
            elif node.kind == "seed":
                bare.append(Statement(node.name, "seed", self._seed(relations[node.unique_id])))
            elif node.kind in ("test", "unit_test"):
                sql = f"select count(*) from (\n{node.compiled_code}\n) as failing_rows"
                bare.append(Statement(node.name, node.kind, sql))
        return bare

    def _measure(self, log: Path, *arguments: str) -> Measured:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", *arguments]
        command += ["--project-dir", str(self.project), "--profiles-dir", str(self.project)]
        command += ["--target-path", str(self.target), "--log-path", str(self.folder / "logs")]
        if self.variables:
            command += ["--vars", json.dumps(self.variables)]
        place = {"GSMT_DATABASE": str(self.database)}
        return measure(command, log, place, self.project, ACCEPTED)

    def _seed(self, seed: dict[str, Any]) -> str:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            columns = connection.execute(f"describe {seed['relation_name']}").fetchall()
        types = ", ".join(f"'{name}': '{kind}'" for name, kind, *_ in columns)
        path = str(Path(seed["root_path"]) / seed["original_file_path"]).replace("'", "''")
        return (
            f"create or replace table {seed['relation_name']} as select * from read_csv('{path}',"
            f" header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})"
        )


def remove_database(database: Path) -> None:
    """Remove a DuckDB file and its log of writes."""
    for path in (database, database.with_name(f"{database.name}.wal")):
        path.unlink(missing_ok=True)


def engine_settings(project: Path = PROJECT, kind: str = "settings") -> dict[str, Any]:
    """DuckDB's settings in the profile that dbt uses, so that bare SQL runs with the same.

    `kind` is `settings`, which are set in a connection, or `config_options`, which it is made with.
    """
    text = (project / "profiles.yml").read_text(encoding="utf-8")
    rendered = Template(text).render(env_var=lambda name, default="": os.environ.get(name, default))
    outputs = yaml.safe_load(rendered)["gsmt"]
    settings: dict[str, Any] = outputs["outputs"][outputs["target"]].get(kind, {})
    return settings


def seconds_of(nodes: list[Node], *kinds: str) -> float:
    """What dbt timed for the nodes of these kinds, added up."""
    return sum(node.seconds for node in nodes if node.kind in kinds)
