"""The exported SQL is what its head says: executed and right, or at least parsed."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg
import pytest
from psycopg import sql
from typer.testing import CliRunner, Result

from scripts.manifest import PROJECT, Manifest
from scripts.sql_export.__main__ import app
from scripts.sql_export.agreement import disagreements, mart_query
from scripts.sql_export.analyses import read_analyses
from scripts.sql_export.dialects import DIALECTS, Dialect, check_syntax, translate
from scripts.sql_export.samples import NAME
from scripts.sql_export.tables import Table, query_tables, star_schema_tables
from tests.python.builds import Build

SCENARIOS = sorted(folder.name for folder in (PROJECT / "analyses").iterdir() if folder.is_dir())
COMMENT = re.compile(r"-- (.+)")
BY_NAME = {dialect.name: dialect for dialect in DIALECTS}


class Engine(Protocol):
    """A place in which exported SQL runs."""

    def run(self, statements: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Columns and rows of the last statement; both are empty where it returns none."""

    def load(self, table: Table, build: Build, relation: str) -> None:
        """Fill a table from a relation of a build, column by column."""


@dataclass(frozen=True)
class DuckDB:
    """An in-memory database."""

    connection: duckdb.DuckDBPyConnection

    def run(self, statements: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """As in Engine."""
        answer = self.connection.execute(statements)
        return [column[0] for column in answer.description or []], answer.fetchall()

    def load(self, table: Table, build: Build, relation: str) -> None:
        """As in Engine; the build's database is attached under the name it has in relations."""
        database = relation.split(".")[0]
        self.run(f"attach if not exists '{build.database}' as {database} (read_only)")
        self.run(f"insert into {table.name} select {', '.join(table.columns)} from {relation}")


@dataclass(frozen=True)
class PostgreSQL:
    """A server of its own."""

    connection: psycopg.Connection[tuple[Any, ...]]

    def run(self, statements: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """As in Engine."""
        answer = self.connection.execute(statements)
        if answer.description is None:
            return [], []
        return [column.name for column in answer.description], answer.fetchall()

    def load(self, table: Table, build: Build, relation: str) -> None:
        """As in Engine."""
        target = sql.SQL("copy {} from stdin").format(sql.Identifier(table.name))
        with self.connection.cursor().copy(target) as copy:
            for row in build.query(f"select {', '.join(table.columns)} from {relation}"):
                copy.write_row(row)


@contextmanager
def start_duckdb() -> Iterator[Engine]:
    with duckdb.connect() as connection:
        yield DuckDB(connection)


@contextmanager
def start_postgres() -> Iterator[Engine]:
    """A server in a temporary folder that listens on a socket there and nowhere else."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server (initdb, pg_ctl) is installed")
    # The path of a socket may have 107 characters at most, so not in pytest's own folder.
    with tempfile.TemporaryDirectory(prefix="gsmt") as name:
        folder = Path(name)
        owner = server_owner()
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)

        def server(*command: str) -> None:
            subprocess.run(
                command,
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
                user=owner.pw_uid if owner else None,
                group=owner.pw_gid if owner else None,
                extra_groups=[] if owner else None,
            )

        data, pg_ctl = str(folder / "data"), str(binaries / "pg_ctl")
        server(
            str(binaries / "initdb"), "--pgdata", data, "--username", "gsmt", "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        log = str(folder / "log")
        server(pg_ctl, "start", "--wait", "--pgdata", data, "--log", log, "--options", options)
        try:
            with psycopg.connect(host=name, user="gsmt", dbname="postgres") as connection:
                yield PostgreSQL(connection)
        finally:
            server(pg_ctl, "stop", "--wait", "--pgdata", data, "--mode", "immediate")


def postgres_binaries() -> Path | None:
    """The folder with a server's programs, on the path or where Debian puts them."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def server_owner() -> pwd.struct_passwd | None:
    """Another user if we are root, whom PostgreSQL refuses; None is ourselves."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users["nobody"]


# Whoever marks a dialect as executed has to say here how.
ENGINES = {"duckdb": start_duckdb, "postgres": start_postgres}


@pytest.fixture(scope="module")
def manifest(healthy: Build) -> Manifest:
    return healthy.manifest()


def export(build: Build, out: Path, database: Path) -> Result:
    """Run the command."""
    places = ["--target", str(build.target), "--out", str(out), "--database", str(database)]
    return CliRunner().invoke(app, places)


@pytest.fixture(scope="module")
def export_run(healthy: Build, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Folder of the export of the healthy build, and the run of the command."""
    folder = tmp_path_factory.mktemp("exported") / "sql"
    return folder, export(healthy, folder, healthy.database)


@pytest.fixture(scope="module")
def exported(export_run: tuple[Path, Result]) -> Path:
    """Folder of an export, with sample rows."""
    folder, run = export_run
    assert run.exit_code == 0, run.output
    return folder


@pytest.fixture(scope="module", params=[dialect.name for dialect in DIALECTS if dialect.executed])
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[str, Engine]]:
    """Name of a dialect that is said to be executed, and an engine for it."""
    with ENGINES[request.param]() as running:
        yield request.param, running


def use_schema(engine: Engine, name: str) -> None:
    """Create a schema for what runs next: scenarios share names of tables, dim_dates for one."""
    engine.run(f"create schema {name}")
    engine.run(f"set search_path = '{name}'")


def load_and_count(engine: Engine, table: Table, build: Build, manifest: Manifest) -> int:
    """Fill a table with the rows of its model; returns how many arrived, which must be all."""
    relation = str(manifest.model(table.model)["relation_name"])
    engine.load(table, build, relation)
    _, ((loaded,),) = engine.run(f"select count(*) from {table.name}")
    assert build.query(f"select count(*) from {relation}") == [(loaded,)]
    return int(loaded)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_exported_queries_agree_with_the_marts(
    scenario: str,
    engine: tuple[str, Engine],
    exported: Path,
    healthy: Build,
    manifest: Manifest,
) -> None:
    dialect, running = engine
    use_schema(running, f"{scenario}_events")
    running.run((exported / dialect / scenario / "create_events.sql").read_text())
    for table in query_tables(manifest, scenario):
        assert load_and_count(running, table, healthy, manifest)
    # Of both files, in one schema, the tables that are in both are made once.
    running.run((exported / dialect / scenario / "create_star_schema.sql").read_text())

    metrics = {metric.name: metric for metric in manifest.metrics()}
    found = {}
    for analysis in read_analyses(manifest):
        if analysis.scenario == scenario:
            query = (exported / dialect / scenario / f"{analysis.name}.sql").read_text()
            columns, answer = running.run(query)
            metric = metrics[analysis.metric]
            mart_rows = healthy.query(mart_query(metric, analysis))
            found[analysis.name] = disagreements(metric, columns, answer, mart_rows)
    assert found
    assert {name: complaints for name, complaints in found.items() if complaints} == {}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_pasted_query_has_an_answer_from_the_sample_rows(
    scenario: str, engine: tuple[str, Engine], exported: Path, manifest: Manifest
) -> None:
    dialect, running = engine
    use_schema(running, f"{scenario}_sample")
    running.run((exported / dialect / scenario / "create_events.sql").read_text())
    running.run((exported / dialect / scenario / f"{NAME}.sql").read_text())
    metrics = {metric.name: metric for metric in manifest.metrics()}
    asked, without_answer = 0, []
    for analysis in read_analyses(manifest):
        if analysis.scenario == scenario:
            query = exported / dialect / scenario / f"{analysis.name}.sql"
            columns, rows = running.run(query.read_text())
            given = metrics[analysis.metric].statistics.keys() & set(columns)
            values = [dict(zip(columns, row, strict=True)) for row in rows]
            asked += 1
            if all(row[statistic] is None for row in values for statistic in given):
                without_answer.append(analysis.name)
    assert asked > 5
    assert without_answer == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_star_schema_takes_the_rows_of_the_core(
    scenario: str,
    engine: tuple[str, Engine],
    exported: Path,
    healthy: Build,
    manifest: Manifest,
) -> None:
    """Its types, keys, references and not-null columns are true of the data."""
    dialect, running = engine
    use_schema(running, f"{scenario}_star_schema")
    running.run((exported / dialect / scenario / "create_star_schema.sql").read_text())
    for table in star_schema_tables(manifest, scenario):
        assert load_and_count(running, table, healthy, manifest)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_table_of_the_star_schema_has_a_key_and_facts_refer_to_every_dimension(
    scenario: str, manifest: Manifest
) -> None:
    tables = star_schema_tables(manifest, scenario)
    assert [table.name for table in tables if not table.key] == []
    dimensions = {table.name for table in tables if table.name.startswith("dim_")}
    referred_to = {to for table in tables for to, _ in table.references.values()}
    assert dimensions
    assert dimensions <= referred_to


def test_every_dialect_has_every_file_and_each_says_what_it_is(
    exported: Path, manifest: Manifest
) -> None:
    questions = {metric.name: metric.question for metric in manifest.metrics()}
    analyses = {(found.scenario, found.name): found for found in read_analyses(manifest)}
    tables = {
        (scenario, name)
        for scenario in SCENARIOS
        for name in ("create_events", "create_star_schema")
    }
    assert {folder.name for folder in exported.iterdir()} == set(BY_NAME)
    for dialect in DIALECTS:
        files = {
            (path.parent.name, path.stem): path.read_text()
            for path in (exported / dialect.name).rglob("*.sql")
            if path.stem != NAME
        }
        assert files.keys() == analyses.keys() | tables
        for key, text in files.items():
            said = "executed" if dialect.executed else "parsed only, not executed"
            assert f"\n-- dialect: {dialect.name} ({said}" in text
            assert "{" not in text
            check_syntax(text, dialect)
            if key in analyses:
                analysis = analyses[key]
                assert text.startswith(f"-- question: {questions[analysis.metric]} ")
                assert f"\n-- metric: {analysis.metric}" in text
                assert "\n-- grain: " in text
                # The transpiler drops comments in some places: the trap must not stand there.
                assert [one for one in COMMENT.findall(analysis.body) if one not in text] == []


@pytest.mark.parametrize(
    ("dialect", "query", "expected"),
    [
        (
            "bigquery",
            "select cast(date_trunc('week', a) as date) as week from t",
            "DATE_TRUNC(CAST(a AS DATE), ISOWEEK)",
        ),
        (
            "bigquery",
            "select a - interval '6' day as d from t",
            "DATE_SUB(a, INTERVAL '6' DAY)",
        ),
        ("trino", "select sum(extract(epoch from b - a)) as s from t", "DATE_DIFF('SECOND', a, b)"),
        ("snowflake", "select extract(epoch from b - a) as s from t", "DATEDIFF(SECOND, a, b)"),
        ("spark", "select extract(epoch from b - a) as s from t", "TIMESTAMPDIFF(SECOND, a, b)"),
        ("postgres", "select cast(a as double) / b as r from t", "CAST(a AS DOUBLE PRECISION) / b"),
        ("snowflake", "select a + interval '5' minute as b from t", "a + INTERVAL '5 MINUTE'"),
        ("spark", "select a from t order by a", "ORDER BY\n  a\n"),
    ],
)
def test_what_the_transpiler_gets_wrong_is_mended(dialect: str, query: str, expected: str) -> None:
    assert expected in translate(query, BY_NAME[dialect])


@pytest.mark.parametrize(
    "query",
    [
        "select date_diff('week', a, b) as weeks from t",
        "select extract(dow from a) as day_of_week from t",
        "select percentile_cont(0.5) within group (order by a) as middle from t",
        "select median(a) as middle from t",
        "select len(a) as elements from t",
        "select list_extract(a, 1) as first_element from t",
        "select try_cast(a as integer) as number from t",
        "select array_agg(a order by b) as elements from t",
        "select 1.0 * a / b as ratio from t",
    ],
)
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_what_no_patch_is_known_for_is_refused(dialect: Dialect, query: str) -> None:
    with pytest.raises(ValueError, match=r"cast to double|is known|same in every dialect"):
        translate(query, dialect)


def test_the_command_writes_the_files_and_says_so(
    export_run: tuple[Path, Result], exported: Path
) -> None:
    assert "parsed only, not executed" in export_run[1].output
    for scenario in SCENARIOS:
        assert (exported / "trino" / scenario / "create_events.sql").exists()
        assert (exported / "postgres" / scenario / f"{NAME}.sql").exists()
        assert not (exported / "trino" / scenario / f"{NAME}.sql").exists()


def test_the_command_exports_without_sample_rows_where_nothing_is_built(
    healthy: Build, tmp_path: Path
) -> None:
    result = export(healthy, tmp_path / "sql", tmp_path / "none.duckdb")
    assert result.exit_code == 0, result.output
    assert "without sample rows: " in result.output
    assert not list((tmp_path / "sql").rglob(f"{NAME}.sql"))


def test_the_command_says_what_to_do_before_the_first_build(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--target", str(tmp_path), "--out", str(tmp_path / "sql")])
    assert result.exit_code == 2
    assert "dbt build" in result.output
