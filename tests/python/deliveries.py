"""The files of a world as they lay at the end of each day, and comparisons of what was built."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.python.builds import Build, WarmDbt

EVENTS = (
    "carpool_leg_details",
    "carpool_ride_match_failure",
    "carpool_ride_match_success",
    "carpool_ride_request",
    "ride_cancellation",
    "ride_completion",
    "ride_rating_submitted",
    "support_ticket_created",
    "user_first_ride",
)
# Events from May on are enough, and read in half the time.
FIRST = date(2026, 5, 1)
DAY = date(2026, 6, 20)
NEXT, SECOND, LAST = (DAY + timedelta(days=days) for days in (1, 2, 11))


def models_of(scenario: str) -> tuple[str, ...]:
    """What dbt is told to build: all of a scenario but its tests."""
    return ("build", "--select", scenario, "--exclude-resource-type", "test", "unit_test")


MODELS = models_of("ride_sharing")
# No row arrives later than this after its event, so that a window of five days holds them all.
LATEST = "interval 119 hour"


class Deliveries:
    """What was received of a scenario's world, day by day.

    One event in twenty is late by up to 119 hours. One in twenty-five comes twice, the second time
    up to 40 hours later, and another one with a time up to a week later, half of these once more
    as much later. Which ones says a hash of their ids.
    """

    def __init__(
        self, world: Path, folder: Path, first_day: date, scenario: str = "ride_sharing"
    ) -> None:
        """Read the events of a world from `first_day` on."""
        self._folder = folder
        self.scenario = scenario
        root = world / scenario
        places = {path.relative_to(root).parts[0] for path in root.rglob("*.parquet")}
        self.events = sorted(place.removesuffix(".parquet") for place in places)
        self._days: list[date] = []
        self._connection = duckdb.connect(config={"threads": 1})
        for event in self.events:
            files = [*root.glob(f"{event}.parquet"), *root.glob(f"{event}/**/*.parquet")]
            self._connection.execute(
                f"""
                create table {event} as
                with
                events as (
                    from read_parquet({sorted(map(str, files))}, hive_partitioning = false)
                    where coalesce(event_at, received_at) >= timestamp '{first_day}'
                ),
                kept as (
                    select
                        *,
                        cast(least(event_at, received_at) as date) as event_date,
                        event_at + {LATEST} as latest,
                        to_seconds(cast(hash(event_id, 'late') % (119 * 3600) as bigint)) as delay,
                        to_seconds(cast(hash(event_id, 'again') % (40 * 3600) as bigint)) as pause,
                        to_days(cast(1 + hash(event_id, 'days') % 7 as integer)) as step
                    from events
                ),
                late as (
                    select * replace (
                        case
                            when hash(event_id) % 20 = 0 and event_at <= received_at
                                then greatest(received_at, event_at + delay)
                            else received_at
                        end as received_at
                    )
                    from kept
                ),
                moved as (
                    select * replace (
                        event_at + steps * step as event_at,
                        greatest(received_at, event_at + steps * step) as received_at,
                        cast(event_at + steps * step as date) as event_date
                    )
                    from late
                    cross join (values (1), (2)) as copies (steps)
                    where hash(event_id, 'moved') % (25 * steps) = 0 and event_at <= received_at
                )
                select * exclude (latest, delay, pause, step) from late
                union all
                select * exclude (latest, delay, pause, step) replace (
                    greatest(received_at, least(received_at + pause, latest)) as received_at
                )
                from late
                where hash(event_id, 'twice') % 25 = 0 and event_at <= received_at
                union all
                select * exclude (latest, delay, pause, step, steps) from moved
                """
            )

    def close(self) -> None:
        """Let go of the events."""
        self._connection.close()

    def by(self, day: date) -> Path:
        """The files at the end of a day; those that did not change are the same as before."""
        folder = self._folder / day.isoformat()
        if folder.exists():
            return folder
        before = max((known for known in self._days if known < day), default=None)
        since = before + timedelta(days=1) if before else date.min
        if before:
            shutil.copytree(self._folder / before.isoformat(), folder)
        for event in self.events:
            changed = self._connection.execute(
                f"""
                select distinct event_date from {event}
                where received_at >= '{since}' and received_at < date '{day}' + interval 1 day
                """
            ).fetchall()
            for (event_date,) in changed:
                file = day_file(folder, event, event_date, scenario=self.scenario)
                file.parent.mkdir(parents=True, exist_ok=True)
                self._connection.execute(
                    f"""
                    copy (
                        select * exclude (event_date) from {event}
                        where
                            event_date = date '{event_date}'
                            and received_at < date '{day}' + interval 1 day
                        order by all
                    ) to '{file}' (format parquet)
                    """
                )
        self._days.append(day)
        return folder


class Warehouse:
    """A database, the files it is built from, and a copy of it at the end of some days.

    The files always lie in the same place, since a build is only added to one of the same place.
    """

    def __init__(self, folder: Path, deliveries: Deliveries, dbt: WarmDbt) -> None:
        """Start without a database."""
        self.folder = folder
        self.database = folder / "gsmt.duckdb"
        self.raw = folder / "raw"
        self._deliveries = deliveries
        self._dbt = dbt

    def deliver(self, day: date, place: Path | None = None) -> None:
        """Let the files be as they were at the end of a day."""
        place = place or self.raw
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._deliveries.by(day), place)

    def build(self, *arguments: str, succeeds: bool = True, **options: Any) -> Build:
        """Build; without arguments all of the scenario but its tests."""
        scenario = self._deliveries.scenario
        # Nobody reads what dbt writes of a whole build.
        models = (*models_of(scenario), "--no-write-json")
        variables = {"raw_path": str(self.raw), **options.pop("variables", {})}
        options["variables"] = {
            name: value for name, value in variables.items() if value is not None
        }
        build = self._dbt.run(self.folder, *(arguments or models), scenario=scenario, **options)
        if succeeds:
            assert build.exit_code == 0, build.output[-4000:]
        return build

    def keep(self, name: str) -> Path:
        """Copy the database, which nobody may have open."""
        self.execute("checkpoint")
        return shutil.copyfile(self.database, self.folder / f"{name}.duckdb")

    def restore(self, database: Path | None) -> None:
        """Go back to a copy, or to no database at all."""
        for file in self.folder.glob("gsmt.duckdb*"):
            file.unlink()
        if database:
            shutil.copyfile(database, self.database)

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with duckdb.connect(str(self.database)) as connection:
            return connection.execute(sql).fetchall()


@dataclass(frozen=True)
class History:
    """Databases after daily builds at the end of some days, and how long each took."""

    databases: dict[date, Path]
    seconds: dict[date, float]


def day_file(
    folder: Path, event: str, day: date, name: str = "events", scenario: str = "ride_sharing"
) -> Path:
    """Where the rows of one event and day lie below a raw_path."""
    return folder / scenario / event / f"event_date={day}" / f"{name}.parquet"


def write_rows(file: Path, select: str) -> None:
    """Write a query to a Parquet file."""
    duckdb.execute(f"copy ({select}) to '{file}.new' (format parquet)")
    Path(f"{file}.new").replace(file)


def differences(
    mine: Path, theirs: Path, tolerance: float = 1e-9, without: tuple[str, ...] = ()
) -> dict[str, int]:
    """How many rows differ in each table of two databases, where any do.

    Doubles may differ by `tolerance`, relative to their size: what is added up in another order
    is another sum. All else has to be equal, and so do the names and types of columns.
    """
    with duckdb.connect() as connection:
        for name, database in (("mine", mine), ("theirs", theirs)):
            connection.execute(f"attach '{database}' as {name} (read_only)")
        found: dict[str, list[list[tuple[str, str]]]] = {}
        for place, name in enumerate(("mine", "theirs")):
            columns = connection.execute(
                """
                select table_name, column_name, data_type from duckdb_columns()
                where database_name = ? and schema_name = 'main' and table_name in (
                    select table_name from duckdb_tables()
                    where database_name = ? and schema_name = 'main'
                )
                -- These say which build a row is of, and not what was built.
                and column_name not in ('built_at', 'built_from')
                order by column_name
                """,
                [name, name],
            ).fetchall()
            for table, column, data_type in columns:
                found.setdefault(table, [[], []])[place].append((column, data_type))
        return {
            table: rows
            for table, (ours, others) in sorted(found.items())
            if table not in without
            and (rows := _rows_that_differ(connection, table, ours, others, tolerance))
        }


def _rows_that_differ(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    ours: list[tuple[str, str]],
    others: list[tuple[str, str]],
    tolerance: float,
) -> int:
    if ours != others:
        return -1
    doubles = [name for name, data_type in ours if data_type == "DOUBLE"]
    exact = [name for name, data_type in ours if data_type != "DOUBLE"]
    order = ", ".join([*exact, *doubles])
    unequal = [f"mine.{name} is distinct from theirs.{name}" for name in exact]
    unequal += [
        f"(mine.{name} is null) <> (theirs.{name} is null)"
        f" or abs(mine.{name} - theirs.{name}) > {tolerance} * abs(theirs.{name})"
        for name in doubles
    ]
    numbered = f"select *, row_number() over (order by {order}) as position from"
    row = connection.execute(
        f"""
        select count(*) from ({numbered} mine.{table}) as mine
        full join ({numbered} theirs.{table}) as theirs using (position)
        where mine.position is null or theirs.position is null or {" or ".join(unequal)}
        """
    ).fetchone()
    assert row is not None
    return int(row[0])
