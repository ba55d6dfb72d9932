"""Worlds as Parquet by event day: the right rows in whole files, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from scripts.manifest import PROJECT
from scripts.worlds.__main__ import app
from scripts.worlds.days import by_event_day
from scripts.worlds.envelope import FIRST_DAY, SECONDS_PER_DAY, identifiers
from scripts.worlds.fields import EVENT_ID_WIDTH
from scripts.worlds.partitions import Writer, write_partitions
from scripts.worlds.registry import SCENARIOS
from tests.python.worlds import clean, count, made

# The scenario with the fewest days, and so the fewest files.
SCENARIO = SCENARIOS["cloud_storage"]
GENERATE = [sys.executable, "-m", "scripts.worlds", "generate", SCENARIO.name]
GENERATE += ["--format", "parquet"]


def contents(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each file below a folder, hidden ones included."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The committed world by event day, made in one go by one process."""
    folder = tmp_path_factory.mktemp("world") / SCENARIO.name
    write_partitions(SCENARIO, SCENARIO.defaults, folder, 0, lambda files: None)
    return folder


@pytest.fixture(scope="module")
def events(world: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A view of each event, with `event_date` from its folder and the number of its file's row."""
    with duckdb.connect() as connection:
        for event in SCENARIO.schemas:
            connection.execute(
                f"""
                create view {event} as
                from read_parquet('{world}/{event}/*/*.parquet', file_row_number = true)
                """
            )
        yield connection


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_each_event_and_day_is_one_file(world: Path, event: str) -> None:
    files = sorted(path.relative_to(world) for path in world.glob(f"{event}/**/*.parquet"))
    days = [FIRST_DAY + timedelta(days=day) for day in range(SCENARIO.defaults.days)]
    possible = [Path(event, f"event_date={day}", "events.parquet") for day in days]
    assert set(files) <= set(possible)
    rows = [pyarrow.parquet.read_metadata(world / file).num_rows for file in files]
    # The rarest event, a suggestion rejected, does not happen every day.
    assert len(rows) > 5
    assert min(rows) > 0


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_a_row_lies_on_its_event_day_and_one_from_the_future_on_its_arrival(
    events: duckdb.DuckDBPyConnection, event: str
) -> None:
    day = "cast(if(event_at > received_at, received_at, event_at) as date)"
    assert count(events, f"from {event} where event_date <> {day}") == 0


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_a_file_holds_its_rows_in_order_of_arrival(
    events: duckdb.DuckDBPyConnection, event: str
) -> None:
    misplaced = f"""
        select * from {event} qualify file_row_number + 1 <> row_number() over (
            partition by event_date order by received_at, event_id nulls last
        )"""
    assert count(events, misplaced) == 0


def test_columns_are_plain_and_typed(world: Path) -> None:
    # An enumeration or an event_date inside the file would surprise whoever reads it.
    file = next(world.glob("quick_access_impression/*/*.parquet"))
    schema = pyarrow.parquet.ParquetFile(file).schema_arrow
    assert {field.name: str(field.type) for field in schema} == {
        "event_id": "string",
        "event_at": "timestamp[us]",
        "received_at": "timestamp[us]",
        "user_id": "string",
        "platform": "string",
        "app_version": "string",
        "country": "string",
        "session_id": "string",
        "impression_id": "string",
        "suggested_file_ids_list_ordered": "list<element: string>",
        "model_version": "string",
    }


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_real_events_are_those_of_the_world_in_memory(
    events: duckdb.DuckDBPyConnection, event: str
) -> None:
    real = clean(SCENARIO.name).execute(f"from {event}").to_arrow_table()
    columns = ", ".join(name for name in real.column_names if name != "received_at")
    events.register("real", real)
    number = f"cast(substr(event_id, {1 + len(SCENARIO.schemas[event].prefix)}) as bigint)"
    kept = f"select distinct {columns} from {event} where {number} < 9000000000"
    assert count(events, f"select {columns} from real except {kept}") == 0
    assert count(events, f"{kept} except select {columns} from real") == 0


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_faults_are_as_recorded_and_ids_unique(
    world: Path, events: duckdb.DuckDBPyConnection, event: str
) -> None:
    planted = json.loads((world / "planted.json").read_text())["faults"]
    recorded = {kind: counts.get(event, 0) for kind, counts in planted.items()}
    schema = SCENARIO.schemas[event]
    null = " or ".join(f"{column} is null" for column in schema.required_ids)
    unknown = " or ".join(f"{name} = '{value}'" for name, value in schema.accepted.items())
    orphan = " or ".join(f"{name}[2:3] = '99'" for name in schema.foreign_keys) or "false"
    found = {
        "duplicate": f"from {event} where event_id is not null "
        "qualify row_number() over (partition by event_id) > 1",
        "late_arrival": f"from {event} where received_at - event_at > interval 34 hour "
        "qualify count(*) over (partition by event_id) = 1",
        "future_clock": f"from {event} where event_at > received_at",
        "null_id": f"from {event} where {null}",
        "unparsable_number": f"from {event} where false",
        "unknown_enum": f"from {event} where {unknown}",
        "orphan": f"from {event} where {orphan}",
    }
    assert {kind: count(events, query) for kind, query in found.items()} == recorded
    too_late = f"from {event} where received_at - event_at > interval 120 hour"
    assert count(events, too_late) == 0
    assert count(events, f"from {event} where received_at >= '{SCENARIO.defaults.end}'") == 0


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_no_two_days_refer_to_the_same_unknown_id(
    events: duckdb.DuckDBPyConnection, event: str
) -> None:
    for name in SCENARIO.schemas[event].foreign_keys:
        unknown = f"from {event} where {name}[2:3] = '99'"
        repeated = f"{unknown} qualify count(*) over (partition by {name}) > 1"
        assert count(events, repeated) == 0


def test_the_record_is_that_of_the_world_in_memory(world: Path) -> None:
    record = json.loads((world / "planted.json").read_text())
    other = json.loads(json.dumps(made(SCENARIO.name).planted))
    ours, theirs = record.pop("faults"), other.pop("faults")
    assert record == other
    # The plan of the committed size, spread over the days: rounding gives or takes one.
    for kind, counts in theirs.items():
        planned = dict.fromkeys(counts, 0) if kind == "unparsable_number" else counts
        assert all(abs(ours[kind][event] - planned[event]) <= 1 for event in counts)


def test_a_large_world_has_every_fault_on_every_day() -> None:
    defaults = SCENARIOS["ride_sharing"].defaults
    arguments = replace(defaults, users=100_000 * defaults.users)
    nobody = SCENARIOS["ride_sharing"].simulate(defaults).actors
    writer = Writer(SCENARIOS["ride_sharing"], arguments, nobody, Path())
    total: Counter[tuple[str, str]] = Counter()
    for event in SCENARIOS["ride_sharing"].schemas:
        for day in range(defaults.days):
            wanted = writer.wanted(event, day)
            assert all(wanted.values())
            total.update({(kind, event): number for kind, number in wanted.items()})
    for kind, counts in SCENARIOS["ride_sharing"].fault_plan.items():
        for event, number in counts.items():
            assert abs(total[kind, event] - 100_000 * number) <= 1


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_goes_on_after_midnight_counts_on_the_next_day(name: str) -> None:
    scenario = SCENARIOS[name]
    days = list(by_event_day(scenario.simulate(scenario.defaults).days))
    assert len(days) == scenario.defaults.days
    for event in scenario.schemas:
        numbers = []
        for day, events in enumerate(days):
            if event in events:
                assert set(events[event]["at"] // SECONDS_PER_DAY) == {day}
                numbers.append(events[event]["number"])
        found = np.sort(np.concatenate(numbers))
        assert (found == np.arange(1, 1 + count(clean(name), f"from {event}"))).all()


def test_ids_keep_all_their_digits() -> None:
    numbers = np.array([0, 7, 9_999_999, 10_000_000, -1, 123_456_789_012, 42])
    expected = [f"e{number:0{EVENT_ID_WIDTH}d}" if number >= 0 else None for number in numbers]
    assert identifiers("e", numbers, EVENT_ID_WIDTH).to_pylist() == expected
    assert identifiers("e", numbers[:3], EVENT_ID_WIDTH).to_pylist() == expected[:3]


def test_any_number_of_processes_writes_the_same_bytes(world: Path, tmp_path: Path) -> None:
    command = [*GENERATE, "--out", str(tmp_path), "--processes", "2"]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert contents(tmp_path / SCENARIO.name) == contents(world)
    # Without a terminal there is no bar, and one line says what there is.
    [line] = finished.stderr.splitlines()
    size = sum(path.stat().st_size for path in world.rglob("*.parquet"))
    assert f"{size / 1e6:,.2f} MB" in line
    assert "events/s" in line


def children(process: int) -> list[int]:
    """Give the processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def kill(victim: str, folder: Path, files: int) -> None:
    """Make a world with two processes, and kill one of them once there are so many files."""
    command = [*GENERATE, "--out", str(folder.parent), "--processes", "1"]
    running = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True)
    while sum(1 for _ in folder.glob("*/*/events.parquet")) < files:
        assert running.poll() is None, running.communicate()
        time.sleep(0.005)
    started = children(running.pid)
    [writer] = [
        process
        for process in started
        if "spawn_main" in Path(f"/proc/{process}/cmdline").read_text()
    ]
    os.kill(running.pid if victim == "simulation" else writer, signal.SIGKILL)
    _, output = running.communicate(timeout=20)
    assert running.returncode == (-signal.SIGKILL if victim == "simulation" else 2)
    if victim == "writer":
        assert "has died" in output
        assert len(output.splitlines()) == 1
    deadline = time.monotonic() + 10
    while any(is_running(process) for process in started):
        assert time.monotonic() < deadline, "a process outlives the one that started it"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_a_world_whose_processes_were_killed_is_taken_up_again(world: Path, tmp_path: Path) -> None:
    folder, whole = tmp_path / SCENARIO.name, contents(world)
    moments = np.random.default_rng().integers([1, 200], [200, 450])
    for victim, moment in zip(("writer", "simulation"), moments, strict=True):
        kill(victim, folder, int(moment))
        assert "planted.json" not in contents(folder)
        for path in folder.glob("*/*/events.parquet"):
            assert path.read_bytes() == whole[str(path.relative_to(folder))]
    write_partitions(SCENARIO, SCENARIO.defaults, folder, 0, lambda files: None)
    assert contents(folder) == whole


def test_a_full_disk_is_one_line_that_names_the_file(tmp_path: Path) -> None:
    finished = subprocess.run(
        [*GENERATE, "--out", str(tmp_path), "--processes", "1"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000)),
    )
    assert finished.returncode == 2
    [line] = finished.stderr.splitlines()
    assert f"error: {tmp_path / SCENARIO.name}" in line
    assert "events.parquet cannot be written: File too large" in line
    assert not any(name.endswith(".part") for name in contents(tmp_path))


def test_a_finished_world_is_left_alone_and_another_one_is_refused(world: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in world.rglob("*")}
    command = ["generate", SCENARIO.name, "--format", "parquet", "--out", str(world.parent)]
    again = CliRunner().invoke(app, command)
    assert again.exit_code == 0
    assert "is finished already" in again.output
    other = CliRunner().invoke(app, [*command, "--users", "400", "--seed", "1"])
    assert other.exit_code == 2
    assert "has a world with users 500 and not 400, seed 33 and not 1" in other.output
    assert "choose another --out" in other.output
    text = CliRunner().invoke(app, [*command[:2], *command[4:]])
    assert text.exit_code == 2
    assert "has a world of Parquet files" in text.output
    assert {path: path.stat().st_mtime_ns for path in world.rglob("*")} == before


def test_files_of_somebody_else_are_not_touched(tmp_path: Path) -> None:
    own = tmp_path / SCENARIO.name / "file_opened.csv"
    own.parent.mkdir()
    own.write_text("event_id\n")
    command = ["generate", SCENARIO.name, "--format", "parquet", "--out", str(tmp_path)]
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 2
    assert f"{own} is there already" in refused.output
    assert contents(tmp_path) == {f"{SCENARIO.name}/file_opened.csv": b"event_id\n"}


def test_a_world_of_another_version_of_the_code_is_written_anew(
    world: Path, tmp_path: Path
) -> None:
    note = tmp_path / "arguments.json"
    content = json.loads((world / "arguments.json").read_text())
    note.write_text(json.dumps(content | {"generator": "before"}))
    stale = tmp_path / f"file_opened/event_date={date(2026, 1, 7)}/events.parquet"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"of another version")
    write_partitions(SCENARIO, SCENARIO.defaults, tmp_path, 0, lambda files: None)
    assert contents(tmp_path) == contents(world)
