"""Writes a world as Parquet, partitioned by event day, while it is simulated.

One process simulates day after day, and others write the days down: a day is a few columns of
numbers, and text only where it is written. So the memory that is needed depends on the number of
users and not on the number of days, and the files do not depend on the number of processes.
"""

import hashlib
import json
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import floor
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from scripts.worlds.days import by_event_day
from scripts.worlds.envelope import FIRST_DAY, SECONDS_PER_DAY, Actors, Integers, digit_counts
from scripts.worlds.faults import Counts, Ground, Planted, plant, seconds_of
from scripts.worlds.fields import EVENT_ID_WIDTH, write_down
from scripts.worlds.make import folder, record
from scripts.worlds.scenario import Arguments, Columns, EventSchema, Scenario, WorldError
from scripts.worlds.write import write_json, write_parquet

STARTED, FINISHED = "arguments.json", "planted.json"

# Planted rows are told from real ones by ids that no real row reaches.
_PLANTED_FROM = 9_000_000_000
_UNKNOWN_FROM = 990_000_000_000
_UNKNOWN_OF_A_DAY = 1_000_000
_ID_BITS = 40
_FAULTS = "faults"


@dataclass(frozen=True)
class Written:
    """What lies in some files.

    Attributes:
        events: rows, faults included.
        files: how many files.
        size: their bytes.
        faults: how many faults of each kind each event has.
        is_new: they were written just now, and not by an earlier run.
    """

    events: int
    files: int
    size: int
    faults: dict[str, Counts]
    is_new: bool


@dataclass(frozen=True)
class Job:
    """A day to be written.

    Attributes:
        day: day of the world, from 0.
        events: columns of the events whose files are missing.
        kept: events whose files are there already.
    """

    day: int
    events: dict[str, Columns]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Writer:
    """Writes days of one world.

    Attributes:
        scenario: which world.
        arguments: which variant of it.
        actors: everybody in it.
        target: its folder.
    """

    scenario: Scenario
    arguments: Arguments
    actors: Actors
    target: Path

    def path(self, event: str, day: int) -> Path:
        """Give the file of an event on a day."""
        date = FIRST_DAY + timedelta(days=day)
        return self.target / event / f"event_date={date.isoformat()}" / "events.parquet"

    @cached_property
    def _phases(self) -> dict[str, dict[str, float]]:
        """Where in the course of the days the faults of each kind and event fall."""
        plan = self.scenario.fault_plan
        generator = np.random.default_rng([self.arguments.seed, 5])
        return {kind: {event: generator.random() for event in plan[kind]} for kind in plan}

    def wanted(self, event: str, day: int) -> Counts:
        """Give the faults of each kind that an event should have on a day.

        The plan is that of the committed world; here it grows with users and days, and is spread
        evenly over the days.
        """
        defaults = self.scenario.defaults
        growth = self.arguments.users / (defaults.users * defaults.days)
        counts = {}
        for kind, phases in self._phases.items():
            if event in phases:
                daily = self.scenario.fault_plan[kind][event] * growth
                since = phases[event] + daily * day
                counts[kind] = floor(since + daily) - floor(since)
        return counts

    def write(self, job: Job) -> list[Written]:
        """Write the files of a day that are missing; give what is in each of its files."""
        written = [self._found(event, job.day) for event in job.kept]
        for event, columns in job.events.items():
            written.append(self._write(event, job.day, columns))
        return written

    def _write(self, event: str, day: int, columns: Columns) -> Written:
        schema, numbers = self.scenario.schemas[event], columns["number"]
        table = write_down(columns, self.scenario.fields[event], schema.prefix, self.actors)
        midnight = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time())
        ground = Ground(
            table=table,
            schema=schema,
            end=self.arguments.end,
            # Such a row lies on the day of its arrival, so it has to arrive on this one.
            until=midnight + timedelta(days=1),
            # An id that nobody began begins something in some events, so no day may repeat it.
            unknown=_UNKNOWN_FROM + _UNKNOWN_OF_A_DAY * day,
            new_numbers=_PLANTED_FROM + numbers,
        )
        index = list(self.scenario.schemas).index(event)
        generator = np.random.default_rng([self.arguments.seed, 6, index, day])
        planted = plant(ground, self.wanted(event, day), generator, None)
        merged = _in_order(planted, numbers, schema, midnight)
        counts = {kind: count for kind, count in planted.counts.items() if count}
        path = self.path(event, day)
        folder(path.parent)
        write_parquet(merged, path, {_FAULTS: json.dumps(counts)})
        size = path.stat().st_size
        return Written(merged.num_rows, 1, size, {event: counts}, is_new=True)

    def _found(self, event: str, day: int) -> Written:
        path = self.path(event, day)
        about = pa.parquet.read_metadata(path)
        counts: Counts = json.loads(about.metadata[_FAULTS.encode()])
        return Written(about.num_rows, 1, path.stat().st_size, {event: counts}, is_new=False)


def _in_order(
    planted: Planted, numbers: Integers, schema: EventSchema, midnight: datetime
) -> pa.Table:
    """Put real and extra rows together, ordered by (received_at, event_id), nulls last."""
    extra = pa.concat_tables(planted.extra.values()) if planted.extra else None
    table = planted.table
    if extra is not None:
        for place, field in enumerate(table.schema):
            if pa.types.is_dictionary(field.type):
                encoded = extra.column(place).dictionary_encode()
                extra = extra.set_column(place, field.name, encoded)
        ids = pc.utf8_slice_codeunits(extra["event_id"], len(schema.prefix)).cast(pa.int64())
        numbers = np.concatenate([numbers, ids.fill_null(-1).to_numpy()])
        table = pa.concat_tables([table, extra]).unify_dictionaries()
    # Text is ordered by its first letters: 10000000 comes before 9999999.
    most = max(len(str(numbers.max())), EVENT_ID_WIDTH)
    powers = 10 ** np.arange(most)
    letters = numbers * powers.take(most - np.maximum(digit_counts(numbers), EVENT_ID_WIDTH))
    missing = np.flatnonzero(numbers < 0)
    letters[missing] = 10**most + np.arange(len(missing))
    received = seconds_of(table["received_at"]) - np.datetime64(midnight, "s").astype(np.int64)
    # One number for both, none of them twice, so that any way of sorting gives the same order.
    order = np.argsort((received << _ID_BITS) + letters)
    return table.combine_chunks().take(pa.array(order))


_writer: Writer | None = None


def _begin(scenario: str, arguments: Arguments, actors: Actors, target: Path) -> None:
    """Prepare a process for writing; it ends when the process that simulates does."""
    from scripts.worlds.registry import SCENARIOS

    global _writer
    _writer = Writer(SCENARIOS[scenario], arguments, actors, target)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _write(job: Job) -> list[Written]:
    assert _writer is not None
    return _writer.write(job)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that go on when the user interrupts: what is being written gets finished."""
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _write_all(jobs: Iterable[Job], writer: Writer, processes: int) -> Iterator[list[Written]]:
    """Write days with some processes, a few days at a time; give them as they are done."""
    if processes == 0:
        yield from map(writer.write, jobs)
        return
    setup = (writer.scenario.name, writer.arguments, writer.actors, writer.target)
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, setup)
    pending: set[Future[list[Written]]] = set()
    try:
        for job in jobs:
            with _uninterrupted():
                pending.add(pool.submit(_write, job))
            if len(pending) > processes + 1:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        for future in pending:
            yield future.result()
    except BrokenProcessPool:
        raise WorldError(
            "a process that writes has died (out of memory?): run the same command again, it goes "
            "on where it was"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _version() -> str:
    """Tell one state of this code and its libraries from another."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    code = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(code + f"{np.__version__} {pa.__version__}".encode()).hexdigest()[:16]


def _begin_folder(scenario: Scenario, arguments: Arguments, target: Path) -> None:
    """Make the folder of a world, or take up the one of an earlier run.

    Raises:
        WorldError: there is a world with other arguments, or the folder cannot be made.
    """
    folder(target)
    started: dict[str, Any] = asdict(arguments)
    about = {"arguments": started, "generator": _version()}
    note = target / STARTED
    found = json.loads(note.read_text(encoding="utf-8")) if note.exists() else None
    if found is None:
        for event in scenario.schemas:
            for path in (target / event, target / f"{event}.csv", target / f"{event}.parquet"):
                if path.exists():
                    raise WorldError(f"{path} is there already: remove it or choose another --out")
    elif found["arguments"] != started:
        differences = ", ".join(
            f"{name} {found['arguments'].get(name)} and not {value}"
            for name, value in started.items()
            if found["arguments"].get(name) != value
        )
        raise WorldError(f"{target} has a world with {differences}: choose another --out")
    for path in [*target.glob(".*.part"), *target.glob("*/event_date=*/.*.part")]:
        path.unlink()
    if found != about:
        # The files of another version of this code may not fit to those of this one.
        (target / FINISHED).unlink(missing_ok=True)
        for path in target.glob("*/event_date=*/events.parquet"):
            path.unlink()
        write_json(about, note)


def write_partitions(
    scenario: Scenario,
    arguments: Arguments,
    target: Path,
    processes: int,
    after_day: Callable[[list[Written]], None],
) -> list[Written] | None:
    """Simulate a world and write its days; files that an earlier run finished are kept.

    Args:
        scenario: which world.
        arguments: which variant of it.
        target: its folder.
        processes: how many write, besides the one that simulates; with 0 this one does both.
        after_day: called with what was written when a day is done.

    Returns:
        What is in each file; None if the world was finished before.

    Raises:
        WorldError: the world cannot be made from these arguments, or not in this place.
    """
    scenario.check(arguments)
    _begin_folder(scenario, arguments, target)
    if (target / FINISHED).exists():
        return None
    simulation = scenario.simulate(arguments)
    writer = Writer(scenario, arguments, simulation.actors, target)
    last_arrival = 0

    def jobs() -> Iterator[Job]:
        nonlocal last_arrival
        for day, events in enumerate(by_event_day(simulation.days)):
            arrivals = [int(columns["received"].max()) for columns in events.values()]
            last_arrival = max([last_arrival, *arrivals])
            kept = tuple(event for event in events if writer.path(event, day).exists())
            missing = {event: columns for event, columns in events.items() if event not in kept}
            yield Job(day, missing, kept)

    written: list[Written] = []
    for files in _write_all(jobs(), writer, processes):
        written += files
        after_day(files)
    faults = {kind: dict.fromkeys(events, 0) for kind, events in scenario.fault_plan.items()}
    for file in written:
        for event, counts in file.faults.items():
            for kind, count in counts.items():
                faults[kind][event] += count
    last_day = FIRST_DAY + timedelta(days=last_arrival // SECONDS_PER_DAY)
    write_json(record(scenario, arguments, simulation, last_day, faults), target / FINISHED)
    return written
