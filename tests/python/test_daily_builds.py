"""Daily builds: a day added is the same as everything built anew, whatever happened before."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from scripts.manifest import PROJECT
from scripts.scenario_alone import copy_project
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, WarmDbt, by_day, make_world, run_dbt
from tests.python.deliveries import (
    DAY,
    EVENTS,
    LAST,
    NEXT,
    SECOND,
    Deliveries,
    History,
    Warehouse,
    day_file,
    differences,
    write_rows,
)

LATE_DAYS, FOLLOW_UP_DAYS = 5, 7
# The other rooms: first day of their events, and the day up to which they are built whole; the last
# delivery is eleven days later. That of messenger is of the first day of a month, when the month
# before is judged and its model of churn is trained; that of stickiness of the day after one.
ROOMS = {
    "cloud_storage": (date(2026, 1, 26), date(2026, 3, 20)),
    "messenger": (date(2026, 2, 1), date(2026, 6, 20)),
    "stickiness": (date(2026, 1, 5), date(2026, 3, 30)),
    "photo_upload": (date(2026, 2, 16), date(2026, 3, 20)),
    "streaming": (date(2026, 1, 5), date(2026, 4, 20)),
    "short_video": (date(2026, 1, 5), date(2026, 3, 20)),
    "news_feed": (date(2026, 1, 5), date(2026, 3, 4)),
    "food_delivery": (date(2026, 1, 5), date(2026, 2, 18)),
}
CONSERVATION = "test_name:every_raw_row_is_staged_or_quarantined"


def test_daily_builds_with_a_gap_equal_a_build_of_everything(
    history: History, rebuilt: Path
) -> None:
    assert differences(history.databases[LAST], rebuilt) == {}
    with duckdb.connect(str(rebuilt), read_only=True) as connection:
        compared = connection.execute(
            """
            select count(*), count(*) filter (estimated_size > 0) from duckdb_tables()
            where schema_name = 'main' and table_name <> 'complete_builds'
                and not starts_with(table_name, 'catalog_')
            """
        ).fetchone()
    assert compared == (37, 37)


@pytest.mark.parametrize(
    "room",
    # Two stand for all, since each takes minutes.
    by_day(["cloud_storage", "messenger"], [name for name in SCENARIOS if name != "ride_sharing"]),
)
def test_every_room_built_by_the_day_equals_one_built_whole(
    room: str, tmp_path: Path, dbt: WarmDbt
) -> None:
    """One day comes late, rows of another are withdrawn, and for nine days nothing is built."""
    first, day = ROOMS[room]
    world = make_world(tmp_path / "world", "--users", "200", "--format", "parquet", scenario=room)
    deliveries = Deliveries(world, tmp_path / "files", first, room)
    warehouse = Warehouse(tmp_path / "warehouse", deliveries, dbt)
    warehouse.folder.mkdir()
    warehouse.deliver(day)
    warehouse.build()
    warehouse.deliver(day + timedelta(days=2))
    spoilt, missing = day - timedelta(days=1), day + timedelta(days=1)
    for event in deliveries.events:
        shutil.rmtree(
            day_file(warehouse.raw, event, missing, scenario=room).parent, ignore_errors=True
        )
        file = day_file(warehouse.raw, event, spoilt, scenario=room)
        if file.exists():
            write_rows(
                file,
                f"""
                from '{file}' where hash(event_id, 'kept') % 10 > 0
                union all by name
                select * replace (event_id || '-added' as event_id, 'nobody-else' as user_id)
                from '{file}' where hash(event_id, 'added') % 5 = 0
                """,
            )
    warehouse.build()
    spoilt_database = warehouse.keep("spoilt")
    warehouse.deliver(day + timedelta(days=11))

    warehouse.build()

    by_the_day = warehouse.keep("by_the_day")
    warehouse.restore(None)
    warehouse.build()
    deliveries.close()
    assert differences(by_the_day, warehouse.database) == {}
    marts = {path.stem for path in PROJECT.glob(f"models/{room}/marts/mart_*.sql")}
    assert marts
    assert marts <= differences(spoilt_database, warehouse.database).keys()


def test_a_copy_with_another_time_is_no_second_event(warehouse: Warehouse, rebuilt: Path) -> None:
    """The first of the days is the event's; copies of copies go on for two weeks."""
    warehouse.restore(rebuilt)
    warehouse.deliver(LAST)
    spans = []
    for event in EVENTS:
        files = warehouse.raw / f"ride_sharing/{event}/*/*.parquet"
        [(wrong, repeated, span)] = warehouse.execute(
            f"""
            with
            raw as (
                select event_id, min(event_at) as event_at, max(event_at) as last_at
                from read_parquet('{files}') group by event_id
            )
            select
                count(*) filter (where staged.event_at <> raw.event_at),
                count(*) - count(distinct event_id),
                max(last_at - raw.event_at)
            from stg_ride_sharing__{event} as staged
            join raw using (event_id)
            """
        )
        assert (wrong, repeated) == (0, 0), event
        spans.append(span)
    assert max(spans) == timedelta(days=14)


def test_without_days_for_late_events_the_same_comparison_fails(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    warehouse.build(variables={"late_days": 0, "changed_days": "warn"})

    different = differences(warehouse.database, rebuilt)

    assert different["stg_ride_sharing__ride_completion"] > 10
    assert {"ride_sharing__quarantine", "fct_ride_sharing__rides"} <= different.keys()
    assert {"ride_sharing__orphans", "mart_carpool_ride_penetration"} <= different.keys()


def test_the_same_day_built_twice_changes_nothing(warehouse: Warehouse, history: History) -> None:
    """Nor do files that were copied, and only look as if they had changed."""
    warehouse.restore(history.databases[LAST])
    warehouse.deliver(LAST)
    for file in warehouse.raw.rglob("*.parquet"):
        os.utime(file)
    warehouse.build()
    different = differences(warehouse.database, history.databases[LAST], tolerance=1e-12)
    # It says when files were changed.
    assert different.keys() == {"raw_days"}
    assert warehouse.execute(
        "select count(*) from raw_days where fingerprint is distinct from built_fingerprint"
    ) == [(0,)]


def test_a_day_that_comes_late_or_comes_again_with_other_rows_is_corrected(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    """One day is missing at first, and another one has rows that are withdrawn later."""
    warehouse.restore(history.databases[DAY])
    warehouse.deliver(SECOND)
    spoilt = DAY - timedelta(days=1)
    for event in EVENTS:
        shutil.rmtree(day_file(warehouse.raw, event, NEXT).parent, ignore_errors=True)
        file = day_file(warehouse.raw, event, spoilt)
        if not file.exists():
            continue
        added = "event_id || '-added' as event_id"
        if event == "ride_completion":
            # A person's and a driver's only ride, and the only one in a city.
            added += """,
                ride_id || '-added' as ride_id,
                'nobody-else' as user_id,
                'nobody-else' as driver_id,
                'Atlantis' as city,
                null as request_id,
                'standard' as ride_type"""
        if event == "carpool_ride_request":
            added += ", request_id || '-added' as request_id, 'nobody-before' as user_id"
        write_rows(
            file,
            f"""
            from '{file}' where hash(event_id, 'kept') % 10 > 0
            union all by name
            select * replace ({added}) from '{file}' where hash(event_id, 'added') % 5 = 0
            """,
        )

    warehouse.build()

    cities = "select count(*) from mart_carpool_ride_penetration where member = 'Atlantis'"
    riders = "select count(*) from dim_ride_sharing__riders where rider_id like 'nobody-%'"
    rides = f"select count(*) from fct_ride_sharing__rides where ride_date = '{NEXT}'"
    assert warehouse.execute(cities) > [(0,)]
    assert warehouse.execute(riders) == [(2,)]
    assert warehouse.execute(rides) == [(0,)]

    warehouse.deliver(LAST)
    warehouse.build()

    assert warehouse.execute(cities) == [(0,)]
    assert warehouse.execute(riders) == [(0,)]
    assert differences(warehouse.database, rebuilt) == {}


def test_a_daily_build_that_was_killed_is_simply_run_again(
    warehouse: Warehouse, history: History
) -> None:
    warehouse.deliver(LAST)
    moments = random.Random(20260620)
    killed = 0
    # Early, in the middle and late.
    for third in range(3):
        warehouse.restore(history.databases[SECOND])
        moment = (third + moments.uniform(0.2, 0.9)) / 3 * history.seconds[LAST]
        stopped = warehouse.build(kill_after=moment, succeeds=False)
        killed += stopped.exit_code == -signal.SIGKILL

        warehouse.build()

        assert differences(warehouse.database, history.databases[LAST]) == {}, moment
    # A run that was faster than the one that was timed is not killed.
    assert killed >= 2


def test_a_first_build_that_was_killed_is_simply_run_again(
    warehouse: Warehouse, history: History
) -> None:
    warehouse.restore(None)
    warehouse.deliver(DAY)
    stopped = warehouse.build(kill_after=history.seconds[DAY] / 2, succeeds=False)
    assert stopped.exit_code == -signal.SIGKILL

    warehouse.build()

    assert differences(warehouse.database, history.databases[DAY]) == {}


def carpool_of(raw: Path, day: date) -> str:
    """A carpool of a day all of whose riders are in its file."""
    [(ride,)] = duckdb.execute(
        f"""
        select min(ride_id) from (
            select
                ride_id,
                count(distinct user_id) as riders,
                max(carpool_rider_count) as rider_count
            from '{day_file(raw, "ride_completion", day)}'
            where ride_type = 'carpool' group by ride_id
        ) where riders > 1 and riders = rider_count
        """
    ).fetchall()
    return str(ride)


def drive_over_midnight(raw: Path, ride: str, day: date, is_over: bool = True) -> None:
    """Let all riders but one get off as a day ends, and that one, if the ride is over, after it."""
    file = day_file(raw, "ride_completion", day)
    [(last,)] = duckdb.execute(
        f"select max_by(user_id, event_at) from '{file}' where ride_id = '{ride}'"
    ).fetchall()
    after = day + timedelta(days=1)
    if is_over:
        write_rows(
            day_file(raw, "ride_completion", after, "after_midnight"),
            f"""
            select * replace (
                timestamp '{after} 00:05:00' as event_at,
                timestamp '{after} 00:05:01' as received_at
            )
            from '{file}' where ride_id = '{ride}' and user_id = '{last}'
            """,
        )
    write_rows(
        file,
        f"""
        select * replace (
            if(ride_id = '{ride}', timestamp '{day} 23:50:00', event_at) as event_at,
            if(ride_id = '{ride}', timestamp '{day} 23:50:01', received_at) as received_at
        )
        from '{file}' where ride_id <> '{ride}' or user_id <> '{last}'
        """,
    )


def test_a_carpool_that_drives_over_midnight_is_of_the_day_on_which_it_ends(
    warehouse: Warehouse,
) -> None:
    """One as the newest day ends, and one as the days begin that a daily build replaces."""
    # Eight: follow_up_days, and a day for clocks that disagree.
    first_replaced = DAY - timedelta(days=LATE_DAYS + 8)
    before = first_replaced - timedelta(days=1)
    warehouse.restore(None)
    warehouse.deliver(DAY)
    late, early = carpool_of(warehouse.raw, DAY), carpool_of(warehouse.raw, before)
    rides = f"""
        select ride_id, cast(ride_date as varchar), count(*), max(ride_rider_count)
        from fct_ride_sharing__ride_riders where ride_id in ('{late}', '{early}') group by all
    """
    drive_over_midnight(warehouse.raw, late, DAY, is_over=False)
    drive_over_midnight(warehouse.raw, early, before)
    warehouse.build()
    days = {ride: (day, riders == count) for ride, day, riders, count in warehouse.execute(rides)}
    assert days == {late: (str(DAY), False), early: (str(first_replaced), True)}

    warehouse.deliver(NEXT)
    drive_over_midnight(warehouse.raw, late, DAY)
    drive_over_midnight(warehouse.raw, early, before)
    warehouse.build()

    days = {ride: (day, riders == count) for ride, day, riders, count in warehouse.execute(rides)}
    assert days == {late: (str(NEXT), True), early: (str(first_replaced), True)}
    by_the_day = warehouse.keep("over_midnight")
    warehouse.restore(None)
    warehouse.build()
    assert differences(by_the_day, warehouse.database) == {}


def days_named(sql: str, event: str) -> set[date]:
    """The days of an event whose folders a query reads."""
    named = re.findall(rf"/{event}/event_date=([\d-]+)", sql)
    return {date.fromisoformat(day) for day in named}


def test_files_of_days_before_the_window_are_not_opened(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    window = SECOND - timedelta(days=LATE_DAYS + FOLLOW_UP_DAYS)
    read = {}
    for event in EVENTS:
        days = {
            date.fromisoformat(folder.name.removeprefix("event_date="))
            for folder in (warehouse.raw / "ride_sharing" / event).iterdir()
        }
        read[event] = {day for day in days if day >= window}
        assert len(read[event]) < len(days)
        for day in days - read[event]:
            file = day_file(warehouse.raw, event, day)
            seen = file.stat()
            file.write_bytes(bytes(seen.st_size))
            os.utime(file, (seen.st_atime, seen.st_mtime))

    build = warehouse.build()

    assert differences(warehouse.database, rebuilt) == {}
    compiled = build.target / "compiled/gsmt/models/ride_sharing/staging"
    judged = (compiled / "ride_sharing__quarantine.sql").read_text(encoding="utf-8")
    for event in EVENTS:
        sql = (compiled / f"stg_ride_sharing__{event}.sql").read_text(encoding="utf-8")
        # Copies may lie on other days; who knows them need not open these.
        staged = {day for day in read[event] if day >= SECOND - timedelta(days=LATE_DAYS)}
        assert days_named(judged, event) == read[event]
        assert days_named(sql, event) == staged
        [(_, plan)] = warehouse.execute(f"explain analyze {sql}")
        assert re.findall(r"Total Files Read: (\d+)", plan) == [str(len(staged))]


def test_a_new_field_is_null_in_history(
    warehouse: Warehouse, history: History, tmp_path: Path
) -> None:
    project = copy_project("ride_sharing", tmp_path / "project")
    event = "support_ticket_created"
    declared = project / f"models/ride_sharing/staging/stg_ride_sharing__{event}.yml"
    with declared.open("a", encoding="utf-8") as file:
        file.write("      - name: channel\n        data_type: string\n        description: New.\n")
    warehouse.restore(history.databases[DAY])
    warehouse.deliver(NEXT)
    tickets = day_file(warehouse.raw, event, NEXT)
    write_rows(tickets, f"select *, 'chat' as channel from '{tickets}'")

    warehouse.build(project=project)

    rows = warehouse.execute(
        f"""
        select cast(event_at as date) >= '{NEXT}', channel, count(*) > 0
        from stg_ride_sharing__{event} group by all order by 1
        """
    )
    assert rows == [(False, None, True), (True, "chat", True)]
    different = differences(warehouse.database, history.databases[NEXT])
    # Columns differ, the quarantine has the rows as they came, the catalog names the field, and
    # the new day has other rows.
    assert different.pop(f"stg_ride_sharing__{event}") == -1
    assert different.keys() <= {"ride_sharing__quarantine", "catalog_signals", "raw_days"}


def test_events_of_another_place_are_built_anew(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.restore(history.databases[SECOND])
    other = warehouse.folder / "other"
    warehouse.deliver(LAST, other)

    build = warehouse.build(variables={"raw_path": str(other)})

    assert "ride_sharing is built whole: its settings have changed" in build.output
    same = f"replace(origin, '{other}', '{warehouse.raw}')"
    warehouse.execute(f"update ride_sharing__quarantine set origin = {same}")
    assert differences(warehouse.database, rebuilt, without=("complete_builds",)) == {}


def test_with_other_follow_up_days_everything_is_built_anew(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.deliver(LAST)
    variables = {"follow_up_days": 0}
    warehouse.restore(None)
    warehouse.build(variables=variables)
    fresh = warehouse.keep("follow_up_days")
    assert "fct_ride_sharing__ratings" in differences(fresh, rebuilt)
    warehouse.restore(history.databases[LAST])

    build = warehouse.build(variables=variables)

    assert "ride_sharing is built whole: its settings have changed" in build.output
    assert differences(warehouse.database, fresh) == {}


def test_seeds_and_files_may_be_built_into_the_same_database_in_turn(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)

    build = warehouse.build(variables={"raw_path": None})
    assert "ride_sharing is built whole: its settings have changed" in build.output
    assert "mart_carpool_ride_penetration" in differences(warehouse.database, rebuilt)

    warehouse.build()
    assert differences(warehouse.database, rebuilt) == {}


def test_days_before_the_window_that_changed_stop_a_build_until_they_are_built_again(
    warehouse: Warehouse, history: History
) -> None:
    """Of one some rows are corrected in place, of one there are more, and one is gone."""
    event = "ride_completion"
    corrected, added, gone = (SECOND - timedelta(days=days) for days in (33, 25, 20))
    files = {day: day_file(warehouse.raw, event, day) for day in (corrected, added, gone)}
    warehouse.restore(None)
    warehouse.deliver(LAST)
    half = "if(hash(event_id) % 2 = 0, fare_usd + 1, fare_usd) as fare_usd"
    write_rows(files[corrected], f"select * replace ({half}) from '{files[corrected]}'")
    changed = "event_id || '-late' as event_id, ride_id || '-late' as ride_id"
    late = day_file(warehouse.raw, event, added, "late")
    write_rows(late, f"select * replace ({changed}) from '{files[added]}'")
    files[gone].unlink()
    warehouse.build()
    fresh = warehouse.keep("with_changed_days")
    assert {"fct_ride_sharing__rides", "mart_carpool_ride_penetration"} <= differences(
        fresh, history.databases[LAST]
    ).keys()
    warehouse.restore(history.databases[SECOND])
    said = (
        f"have changed since they were built: {corrected} ({event}), {added} ({event}),"
        f" {gone} ({event}). Add to it --vars '{{rebuild_from: {corrected}}}'"
    )

    refused = warehouse.build(succeeds=False)

    assert refused.exit_code != 0
    assert "Nothing was built" in refused.output
    assert said in refused.output
    assert differences(warehouse.database, history.databases[SECOND]).keys() == {"raw_days"}

    warned = warehouse.build(variables={"changed_days": "warn"})

    assert said in warned.output
    assert "stg_ride_sharing__ride_completion" in differences(warehouse.database, fresh)
    # To be warned once is not to be told never again.
    assert said in warehouse.build("run", "--select", "stg_ride_sharing__*", succeeds=False).output

    warehouse.build(variables={"rebuild_from": corrected.isoformat()})

    assert differences(warehouse.database, fresh) == {}


def test_an_event_of_a_clock_that_is_far_ahead_does_not_stop_the_days_from_being_built(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    event, ahead = "ride_completion", LAST + timedelta(days=40)

    def deliver(day: date) -> None:
        warehouse.deliver(day)
        file = day_file(warehouse.raw, event, ahead)
        file.parent.mkdir()
        moved = f"to_days({(ahead - DAY).days})"
        write_rows(
            file,
            f"""
            select * replace (event_at + {moved} as event_at, received_at + {moved} as received_at)
            from '{day_file(warehouse.raw, event, DAY)}'
            where event_at <= received_at order by event_id limit 1
            """,
        )

    warehouse.restore(history.databases[DAY])
    deliver(SECOND)
    build = warehouse.build()
    assert f"events from {ahead} on go to the quarantine" in build.output
    deliver(LAST)
    warehouse.build()

    others = {"raw_days", "ride_sharing__quarantine"}
    reason = "select field, reason, event_at from ride_sharing__quarantine order by event_at desc"
    assert differences(warehouse.database, rebuilt).keys() == others
    assert warehouse.execute(f"{reason} limit 1")[0][:2] == (
        "event_at",
        "event_at is more than 7 days after all other events",
    )

    warehouse.build(variables={"built_on": (LAST - timedelta(days=1)).isoformat()})

    assert warehouse.execute(
        f"""
        select reason, max(event_at) >= '{ahead}', count(*) > 1 from ({reason})
        where event_at >= '{LAST}' and reason like '%day of the build' group by all
        """
    ) == [(f"event_at is after {LAST - timedelta(days=1)}, the day of the build", True, True)]
    warehouse.build(variables={"built_on": LAST.isoformat()})
    assert differences(warehouse.database, rebuilt).keys() == others


def test_an_id_that_is_used_again_weeks_later_is_of_another_ride_and_said_to_be_there(
    warehouse: Warehouse, history: History
) -> None:
    days = 30
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    moved = ", ".join(f"{name} + to_days({days}) as {name}" for name in ("event_at", "received_at"))
    for event in ("ride_completion", "carpool_ride_request"):
        used, again = (
            day_file(warehouse.raw, event, day) for day in (LAST - timedelta(days=days), LAST)
        )
        write_rows(
            again,
            f"""
            from '{again}'
            union all by name
            (
                select * replace (event_id || '-again' as event_id, {moved}) from '{used}'
                where event_at <= received_at order by event_id limit 5
            )
            """,
        )
    tests = [
        "ride_sharing_rides_have_unique_ride_ids",
        "ride_sharing_requests_have_unique_request_ids",
    ]
    warehouse.build()

    said = warehouse.build("build", "--select", *tests, succeeds=False)

    assert [said.outcomes()[test] for test in tests] == ["fail", "fail"]
    by_the_day = warehouse.keep("used_again")
    warehouse.restore(None)
    warehouse.build()
    assert differences(by_the_day, warehouse.database) == {}


def test_a_session_id_that_is_used_again_weeks_later_is_said_to_be_there(
    healthy: Build, tmp_path: Path
) -> None:
    """Its steps are numbered, so a daily build, which reads a few days, would number them anew."""
    database = shutil.copyfile(healthy.database, tmp_path / healthy.database.name)
    test = "the_session_id_of_a_user_is_not_used_again_after_follow_up_days"
    for days, status in ((FOLLOW_UP_DAYS + 1, "pass"), (FOLLOW_UP_DAYS + 2, "fail")):
        with duckdb.connect(str(database)) as connection:
            connection.execute(
                f"""
                insert into fct_cloud_storage__user_actions
                select * replace (
                    action_id || '-{days}' as action_id,
                    acted_at + to_days({days}) as acted_at,
                    action_date + {days} as action_date
                )
                from fct_cloud_storage__user_actions order by action_id, action limit 1
                """
            )
        assert run_dbt(tmp_path, "test", "--select", test).outcomes()[test] == status


def test_a_copy_from_long_after_is_an_event_and_said_to_be_there(
    warehouse: Warehouse, history: History
) -> None:
    """Nobody can know it for a copy who reads a few days only; a test looks for it in all."""
    event = "ride_completion"
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    apart = 30
    first, again = (
        day_file(warehouse.raw, event, day) for day in (LAST - timedelta(days=apart), LAST)
    )
    moved = ", ".join(
        f"{name} + to_days({apart}) as {name}" for name in ("event_at", "received_at")
    )
    write_rows(
        again,
        f"""
        from '{again}'
        union all by name
        (
            select * replace ({moved}) from '{first}'
            where event_at <= received_at and hash(event_id, 'moved') % 25 > 0
            order by event_id limit 1
        )
        """,
    )
    selected = ("ride_sharing,resource_type:model", "ride_sharing,resource_type:seed")
    conservation = f"ride_sharing,{CONSERVATION}"

    builds = [
        warehouse.build("build", "--select", *selected, conservation, succeeds=False),
        warehouse.build("test", "--select", conservation, succeeds=False),
    ]

    for build in builds:
        assert [name for name, status in build.outcomes().items() if status == "fail"] == [
            f"every_raw_{event}_is_staged_a_duplicate_or_quarantined"
        ]
    assert warehouse.execute(
        f"""
        select count(*) from stg_ride_sharing__{event} group by event_id having count(*) > 1
        """
    ) == [(2,)]


def test_an_optional_column_may_be_absent_from_some_days(
    warehouse: Warehouse, history: History
) -> None:
    event = "ride_completion"
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    first_day = SECOND - timedelta(days=LATE_DAYS)
    first_read = first_day - timedelta(days=FOLLOW_UP_DAYS)
    for file in (warehouse.raw / f"ride_sharing/{event}").glob("*/*.parquet"):
        if file.parent.name >= f"event_date={first_read}":
            write_rows(file, f"select * exclude (app_version) from '{file}'")

    # So have files of days that are read, and not built again.
    build = warehouse.build(variables={"changed_days": "warn"})

    assert build.output.count(f"{event}/**/*.parquet has no column app_version: read as null") == 1
    assert warehouse.execute(
        f"""
        select cast(event_at as date) >= '{first_day}' as is_later, count(app_version) > 0
        from stg_ride_sharing__{event} group by all order by all
        """
    ) == [(False, True), (True, False)]
    assert differences(warehouse.database, history.databases[LAST]).keys() == {
        "raw_days",
        "ride_sharing__quarantine",
        f"stg_ride_sharing__{event}",
    }


def test_files_may_lie_in_folders_within_those_of_days_or_around_them(
    warehouse: Warehouse, history: History, rebuilt: Path
) -> None:
    warehouse.restore(history.databases[SECOND])
    warehouse.deliver(LAST)
    rides = day_file(warehouse.raw, "ride_completion", LAST)
    part = rides.parent / "part" / rides.name
    part.parent.mkdir()
    write_rows(part, f"from '{rides}' where hash(event_id) % 2 = 0")
    write_rows(rides, f"from '{rides}' where hash(event_id) % 2 = 1")
    ratings = warehouse.raw / "ride_sharing/ride_rating_submitted"
    (ratings / "app").mkdir()
    for folder in list(ratings.glob("event_date=*")):
        folder.rename(ratings / "app" / folder.name)

    warehouse.build()

    different = differences(warehouse.database, rebuilt)
    # They have the names of files, and what the files are like.
    assert different.keys() <= {"ride_sharing__quarantine", "raw_days"}


@pytest.mark.parametrize("form", ["csv", "tables", "tables_with_days"])
def test_files_and_tables_of_every_form_give_the_same_rows(
    warehouse: Warehouse, rebuilt: Path, deliveries: Deliveries, form: str
) -> None:
    warehouse.restore(None)
    place = warehouse.folder / "csv"
    (place / "ride_sharing").mkdir(parents=True, exist_ok=True)
    files_or_tables = {
        "raw_path": str(place) if form == "csv" else None,
        "raw_schema": None if form == "csv" else "my_events",
    }
    for day in (SECOND, LAST):
        with duckdb.connect(str(warehouse.database)) as connection:
            connection.execute("create schema if not exists my_events")
            for event in EVENTS:
                files = deliveries.by(day) / f"ride_sharing/{event}/*/*.parquet"
                columns = "*" if form == "tables_with_days" else "* exclude (event_date)"
                query = (
                    f"select {columns} from read_parquet("
                    f"'{files}', hive_partitioning = true, hive_types = {{'event_date': date}})"
                )
                if form == "csv":
                    lists = connection.execute(
                        f"select column_name from (describe {query})"
                        " where column_type = 'VARCHAR[]'"
                    ).fetchall()
                    texts = [f"to_json({name}) as {name}" for (name,) in lists]
                    replaced = f"select * replace ({', '.join(texts)})" if texts else "select *"
                    file = place / f"ride_sharing/{event}.csv"
                    connection.execute(f"copy ({replaced} from ({query})) to '{file}' (header)")
                else:
                    connection.execute(f"create or replace table my_events.{event} as {query}")
        warehouse.build(variables=files_or_tables)

    # Origins are those of the form, and so is how the quarantine shows a row.
    without = ("complete_builds", "raw_days", "csv_files", "ride_sharing__quarantine")
    assert differences(warehouse.database, rebuilt, without=without) == {}
    counts = """
        select event_name, disposition, field, count(*) from ride_sharing__quarantine
        group by all order by all
    """
    with duckdb.connect(str(rebuilt), read_only=True) as connection:
        assert warehouse.execute(counts) == connection.execute(counts).fetchall()
