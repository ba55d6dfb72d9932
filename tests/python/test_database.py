"""Why the database of a build cannot be opened is said in one line, by dbt and before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from scripts.database import UnusableDatabaseError, check_database
from scripts.manifest import PROJECT
from scripts.vars_file import VarsFileError, check_vars_file
from tests.python.builds import Build, run_dbt, run_dbt_command


@contextmanager
def held(database: Path) -> Iterator[int]:
    """Another process that has a database open; its number."""
    code = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        process.stdout.readline()
        yield process.pid
        process.stdin.write("\n")


def preflight(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.database"],
        cwd=PROJECT,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("limit", ["nonsense", "6XB", "", "GB", "6GB'; drop table x; --", "6 7"])
def test_a_limit_of_memory_that_is_no_size_is_named(tmp_path: Path, limit: str) -> None:
    with pytest.raises(UnusableDatabaseError, match="GSMT_MEMORY_LIMIT") as error:
        check_database(str(tmp_path / "gsmt.duckdb"), limit)
    assert repr(limit) in str(error.value)


def test_no_name_is_not_taken_for_a_database_in_memory() -> None:
    with pytest.raises(UnusableDatabaseError, match="GSMT_DATABASE"):
        check_database("", "6GB")


@pytest.mark.parametrize("limit", ["6GB", "512MB", "1.5 GiB"])
def test_a_size_is_taken_and_makes_no_database(tmp_path: Path, limit: str) -> None:
    check_database(str(tmp_path / "gsmt.duckdb"), limit)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [("none/x.duckdb", "there is no folder for"), ("text.duckdb", "cannot be opened: IO Error")],
)
def test_what_cannot_be_opened_is_told_in_a_line(tmp_path: Path, place: str, said: str) -> None:
    (tmp_path / "text.duckdb").write_text("no database", encoding="utf-8")
    run = preflight(GSMT_DATABASE=str(tmp_path / place))
    assert run.returncode == 2
    assert run.stderr.startswith("error: GSMT_DATABASE: ")
    assert said in run.stderr
    assert str(tmp_path / place) in run.stderr
    assert run.stderr.count("\n") == 1


def test_two_builds_at_once_are_told_which_process_has_the_database(tmp_path: Path) -> None:
    database = tmp_path / "gsmt.duckdb"
    duckdb.connect(str(database)).close()
    with held(database) as process:
        run = preflight(GSMT_DATABASE=str(database))
        build = run_dbt(tmp_path, "build", "-s", "catalog_goals")
    assert run.returncode == 2
    said = f"GSMT_DATABASE: {database} is in use by another process, "
    assert run.stderr.startswith(f"error: {said}")
    assert run.stderr.count("\n") == 1
    assert build.exit_code != 0
    assert "Traceback" not in build.output
    assert len(build.output.splitlines()) < 20
    for output in (run.stderr, build.output):
        assert said in output
        assert f"(PID {process}); wait until it ends" in output


def test_dbt_alone_names_the_limit_that_is_no_size_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GSMT_MEMORY_LIMIT", "nonsense")
    build = run_dbt_command(tmp_path, "build", "-s", "catalog_goals", scenario="ride_sharing")
    assert build.exit_code != 0
    assert "GSMT_MEMORY_LIMIT: 'nonsense' is not a size" in build.output
    assert "Traceback" not in build.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "No such file"),
        ("- late_days", "is not a mapping of vars"),
        ("", "is not a mapping of vars"),
        ("launches: {ride_sharing: 2026-02-30}", "day is out of range for month"),
        ("late_days: [", "while parsing"),
    ],
)
def test_a_file_of_vars_that_cannot_be_read_is_named_in_a_line(
    tmp_path: Path, text: str | None, said: str
) -> None:
    file = tmp_path / "my_vars.yml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(VarsFileError) as error:
        check_vars_file(file)
    assert str(file) in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_good_file_of_vars_is_read(tmp_path: Path) -> None:
    file = tmp_path / "my_vars.yml"
    file.write_text("launches: {ride_sharing: 2026-02-28}\n", encoding="utf-8")
    check_vars_file(file)


def test_every_view_can_be_read_in_a_copy_of_another_name_and_reads_that_copy(
    healthy: Build, tmp_path: Path
) -> None:
    copy = tmp_path / "last week's build.duckdb"
    shutil.copy(healthy.database, copy)
    with duckdb.connect(str(copy)) as connection:
        views = connection.execute(
            "select schema_name, view_name from duckdb_views() where not internal"
        ).fetchall()
        assert {("main", "target_status"), ("ride_sharing", "ride_completion")} <= set(views)
        for schema, name in views:
            connection.execute(f'from "{schema}"."{name}" limit 1').fetchall()
        connection.execute("delete from ride_sharing__target_status")
    # Beside the one that it is a copy of, which has the name that the views were made under.
    with duckdb.connect() as connection:
        connection.execute(f"attach '{healthy.database}' as gsmt (read_only)")
        quoted = str(copy).replace("'", "''")
        connection.execute(f"attach '{quoted}' as copy (read_only)")
        query = "select count(*) from {}.target_status where scenario = 'ride_sharing'"
        counts = [
            connection.execute(query.format(name)).fetchall()[0][0] for name in ("gsmt", "copy")
        ]
    assert counts[0] > 0
    assert counts[1] == 0
