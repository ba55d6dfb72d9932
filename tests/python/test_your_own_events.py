"""Building from a user's own files: what is accepted, what is refused, and how it is said."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.python.builds import Build, make_world, render, run_dbt

BUILD = ("build", "--select", "ride_sharing", "--exclude-resource-type", "unit_test")


@pytest.fixture(scope="module")
def csv_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A healthy world as CSV files."""
    return make_world(tmp_path_factory.mktemp("csv_world"))


def copy_world(world: Path, folder: Path) -> Path:
    """A copy of a world that a test may spoil."""
    shutil.copytree(world, folder)
    return folder / "ride_sharing"


def rewrite(source: Path, destination: Path, select: str) -> None:
    """Write a query over `source` (named `events` in it) to a CSV or Parquet file."""
    query = f"with events as (from read_csv('{source}', all_varchar = true)) {select}"
    duckdb.execute(f"copy ({query}) to '{destination}'")


def readable(file: Path) -> int:
    """How many rows of a CSV file have both times."""
    found = duckdb.execute(
        f"select count(*) from '{file}' where event_at <= received_at"
    ).fetchone()
    assert found is not None
    return int(found[0])


def assert_same_marts(build: Build, other: Build) -> None:
    """Equal keys, and equal values but for the order in which an engine adds up doubles."""
    [(rows, same)] = build.query(
        f"""
        attach '{other.database}' as other (read_only);
        select
            count(*),
            count(*) filter (
                where mine.is_complete = theirs.is_complete
                    and (mine.value is null) = (theirs.value is null)
                    and coalesce(abs(mine.value - theirs.value) <= 1e-9 * abs(theirs.value), true)
            )
        from ride_sharing__metric_values as mine
        full outer join other.ride_sharing__metric_values as theirs
            using (metric_id, period_grain, period_start, dimension, member, statistic)
        """
    )
    assert rows == same > 0


def test_every_wrong_file_is_named_before_anything_is_built(
    csv_world: Path, tmp_path: Path
) -> None:
    events = copy_world(csv_world, tmp_path / "raw")
    (events / "user_first_ride.csv").unlink()
    completions = events / "ride_completion.csv"
    rewrite(completions, events / "ride_completion.parquet", "select * exclude (city) from events")
    completions.unlink()
    legs = events / "carpool_leg_details.csv"
    rewrite(
        legs,
        events / "carpool_leg_details.parquet",
        "select * replace (true as leg_intended_detour_seconds) from events",
    )
    legs.unlink()
    ratings = events / "ride_rating_submitted.csv"
    rewrite(ratings, events / "spoilt.csv", "select * replace ('good' as rating_score) from events")
    (events / "spoilt.csv").replace(ratings)
    tickets = events / "support_ticket_created.csv"
    rewrite(tickets, tickets.with_suffix(".parquet"), "from events")
    cancellations = events / "ride_cancellation.csv"
    text = cancellations.read_text(encoding="utf-8")
    cancellations.write_text(text.replace(",", ";"), encoding="utf-8")

    build = run_dbt(
        tmp_path, *BUILD, variables={"raw_path": str(tmp_path / "raw")}, scenario="ride_sharing"
    )

    assert build.exit_code != 0
    assert "6 problem(s)" in build.output
    assert f"no file {events}/user_first_ride.parquet or .csv" in build.output
    assert "ride_sharing.user_first_ride' to the var absent_events" in build.output
    assert f"{events}/ride_completion.parquet: column city is missing" in build.output
    legs_column = f"{events}/carpool_leg_details.parquet: column leg_intended_detour_seconds"
    assert f"{legs_column} has type BOOLEAN, expected integer" in build.output
    assert f"{events}/ride_rating_submitted.csv: column rating_score holds text" in build.output
    assert f"{cancellations}: the header has one field, 'event_id;event_at;" in build.output
    assert f"lie in {tickets.with_suffix('.parquet')} and in {tickets}" in build.output
    assert build.query("select count(*) from information_schema.tables") == [(0,)]


def test_times_that_cannot_be_are_named_before_anything_is_built(
    csv_world: Path, tmp_path: Path
) -> None:
    """Numbers without a unit, other forms, dates that were read as Unix seconds, and old clocks."""
    events = copy_world(csv_world, tmp_path / "raw")
    forms = {
        "ride_rating_submitted": "cast(epoch(cast(event_at as timestamp)) as bigint) as event_at",
        "support_ticket_created": "epoch(cast(event_at as timestamp))::bigint as event_at",
        "ride_cancellation": "strftime(cast(event_at as timestamp), '%Y%m%d') as event_at",
        "carpool_ride_request": """
            make_timestamp(20260105000000) as event_at,
            make_timestamp(20260105000000) as received_at
        """,
        "carpool_leg_details": """
            event_at::timestamp + interval 31 year as event_at,
            received_at::timestamp + interval 31 year as received_at
        """,
        "ride_completion": """
            case when row_number() over () = 1 then replace(event_at, '2026-', '1997-')
                else event_at end as event_at
        """,
    }
    for event, replaced in forms.items():
        form = "parquet" if event == "ride_rating_submitted" else "csv"
        select = f"select * replace ({replaced}) from events"
        rewrite(events / f"{event}.csv", events / f"spoilt.{form}", select)
        (events / f"{event}.csv").unlink()
        (events / f"spoilt.{form}").replace(events / f"{event}.{form}")

    build = run_dbt(
        tmp_path, *BUILD, variables={"raw_path": str(tmp_path / "raw")}, scenario="ride_sharing"
    )

    assert build.exit_code != 0
    assert "6 problem(s)" in build.output, build.output
    said = [
        "ride_rating_submitted.parquet: column event_at has type BIGINT, expected timestamp; a",
        "support_ticket_created.csv: column event_at holds text such as '17",
        "ride_cancellation.csv: column event_at holds text such as '2026",
    ]
    for event, first in (("carpool_ride_request", "1970-08-23"), ("carpool_leg_details", "2057-")):
        rows = readable(events / f"{event}.csv")
        bounds = f"before 1990-01-01 or after 2050-01-01: from {first}"
        said.append(f"{event}.csv: {rows} of {rows} events lie {bounds}")
    assert [part for part in said if f"{events}/{part}" not in build.output] == []
    assert "ride_sharing: events lie 29." in build.output
    assert f"years apart, from 1997-01-05 in {events}/ride_completion.csv to 2026-" in build.output
    assert build.query("select count(*) from information_schema.tables") == [(0,)]


def test_text_is_read_as_the_time_it_says_or_not_at_all(tmp_path: Path) -> None:
    texts = {
        "2026-01-05": "2026-01-05 00:00:00",
        "2026-01-05 10:00": "2026-01-05 10:00:00",
        "2026-01-05T10:00:00Z": "2026-01-05 10:00:00",
        "2026-01-05T10:00:00.25+02:00": "2026-01-05 08:00:00.25",
        "2026-01-05 10:00:00-0330": "2026-01-05 13:30:00",
    }
    numbers = ["20260105", "1767571200", "1767571200.5", "1767571200000", "1767571200000000"]
    others = ["05/01/2026", "5.1.2026", "2026-02-30", "2026-13-01", "Jan 5, 2026", "now", "12:00"]
    query = render(tmp_path, "select {{ parse_value('text', 'timestamp') }} as moment from texts")
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for text in [*texts, *numbers, *others]:
            rows = connection.execute(
                f"with texts as (select ? as text) {query}", [text]
            ).fetchall()
            expected = texts.get(text)
            assert rows == [(expected and datetime.fromisoformat(expected),)], text


def test_events_that_are_not_logged_give_no_data_and_not_zero(
    csv_world: Path, tmp_path: Path
) -> None:
    events = copy_world(csv_world, tmp_path / "raw")
    absent = ["ride_cancellation", "support_ticket_created", "carpool_leg_details"]
    for event in absent:
        (events / f"{event}.csv").unlink()

    build = run_dbt(
        tmp_path,
        *BUILD,
        variables={
            "raw_path": str(tmp_path / "raw"),
            "absent_events": [f"ride_sharing.{event}" for event in absent],
        },
        scenario="ride_sharing",
    )

    assert build.exit_code == 0, build.output
    status = dict(build.query("select target_id, status from ride_sharing__target_status"))
    assert [target for target in status if status[target] == "no_data"] == [
        "1.1.2-2.T2",
        "1.1.2-3.T3",
    ]
    assert list(status.values()).count("met") == 7
    for metric in ("carpool_cancellation_rate", "carpool_support_tickets_per_1k_rides"):
        assert build.query(f"select count(*) from mart_{metric}") == [(0,)]


def test_files_folders_and_types_may_differ_and_give_the_same_marts(
    healthy: Build, csv_world: Path, tmp_path: Path
) -> None:
    """A folder of CSV files, typed Parquet, times with an offset, and rows of any length.

    Optional columns may be absent, in all files or in some; names may have any case.
    """
    events = copy_world(csv_world, tmp_path / "raw")
    completions = events / "ride_completion.csv"
    (events / "ride_completion").mkdir()
    for part, rows, columns in (("0", "<= 3000", "* exclude (app_version)"), ("1", "> 3000", "*")):
        rewrite(
            completions,
            events / f"ride_completion/part_{part}.csv",
            f"select {columns} from events qualify row_number() over () {rows}",
        )
    completions.unlink()
    requests = events / "carpool_ride_request.csv"
    moved = "strftime(cast(event_at as timestamp) + interval 2 hour, '%Y-%m-%dT%H:%M:%S+02:00')"
    rewrite(requests, events / "spoilt.csv", f"select * replace ({moved} as event_at) from events")
    (events / "spoilt.csv").replace(requests)
    matches = events / "carpool_ride_match_success.csv"
    rewrite(
        matches,
        events / "carpool_ride_match_success.parquet",
        """select * replace (
            cast(event_at as timestamp) as event_at,
            try_cast(initial_eta_seconds as integer) as initial_eta_seconds,
            cast(matched_user_ids_list as varchar[]) as matched_user_ids_list
        ) from events""",
    )
    matches.unlink()
    legs = events / "carpool_leg_details.csv"
    rewrite(legs, events / "spoilt.csv", "select * exclude (app_version), 1 as build from events")
    header, rows = (events / "spoilt.csv").read_text(encoding="utf-8").split("\n", 1)
    legs.write_text(f"{header.title()}\n{rows}", encoding="utf-8")
    (events / "spoilt.csv").unlink()

    ratings = events / "ride_rating_submitted.csv"
    lines = ratings.read_text(encoding="utf-8").splitlines()
    spoilt = ["t1," + lines[1].split(",", 1)[1] + ",surplus", "t2,2026-03-03 10:00:00"]
    spoilt += ["t3,1970-01-01 00:00:07," + lines[1].split(",", 2)[2], "t4,infinity,infinity"]
    crlf = "\r\n".join([lines[0], *spoilt, *lines[1:]]) + "\r\n"
    ratings.write_bytes(b"\xef\xbb\xbf" + crlf.encode())  # as a spreadsheet writes it

    build = run_dbt(
        tmp_path, *BUILD, variables={"raw_path": str(tmp_path / "raw")}, scenario="ride_sharing"
    )

    assert build.exit_code == 0, build.output
    assert_same_marts(build, healthy)
    reasons = build.query(
        """
        select origin_row, field, split_part(reason, ';', 1), content like '%surplus%'
        from ride_sharing__quarantine
        where event_name = 'ride_rating_submitted' and origin_row <= 4
        order by origin_row
        """
    )
    assert reasons == [
        (1, "row", "row has more fields than the header", True),
        (2, "received_at", "received_at is missing", False),
        (3, "event_at", "event_at is before 1990-01-01", False),
        (4, "event_at", "event_at is not before 2050-01-01", False),
    ]
    absent = "carpool_leg_details.csv has no column app_version: read as null"
    assert (
        build.output.count(f"{events}/{absent} (it has, besides the fields of the event, build)")
        == 1
    )
    assert build.output.count("read as null") == 1
    known = "count(app_version) > 0, count(app_version) = count(*)"
    for event, expected in (
        ("ride_completion", (True, False)),
        ("carpool_leg_details", (False, False)),
    ):
        assert build.query(f"select {known} from stg_ride_sharing__{event}") == [expected]
    origins = build.query(
        """
        select parse_filename(origin), origin_row from ride_sharing__quarantine
        where event_name = 'ride_completion' and disposition = 'rejected'
        """
    )
    assert {origin for origin, _ in origins} == {"part_0.csv", "part_1.csv"}
    assert all(row <= 3000 for _, row in origins)


def test_events_may_lie_in_tables_of_the_warehouse(
    healthy: Build, csv_world: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(tmp_path / "gsmt.duckdb")) as connection:
        connection.execute("create schema my_events")
        for file in (csv_world / "ride_sharing").glob("*.csv"):
            table = f"my_events.{file.stem}"
            connection.execute(
                f"create table {table} as from read_csv('{file}', all_varchar = true)"
            )
        connection.execute("alter table my_events.ride_completion rename city to town")
        connection.execute("drop table my_events.user_first_ride")
    variables = {"raw_schema": "my_events"}

    refused = run_dbt(tmp_path, *BUILD, variables=variables, scenario="ride_sharing")

    assert refused.exit_code != 0
    assert "no table my_events.user_first_ride" in refused.output
    assert "my_events.ride_completion: column city is missing" in refused.output

    first_rides = csv_world / "ride_sharing/user_first_ride.csv"
    with duckdb.connect(str(tmp_path / "gsmt.duckdb")) as connection:
        connection.execute("alter table my_events.ride_completion rename town to city")
        connection.execute(
            "create table my_events.user_first_ride as"
            f" from read_csv('{first_rides}', all_varchar = true)"
        )
    built = run_dbt(tmp_path, *BUILD, variables=variables, scenario="ride_sharing")

    assert built.exit_code == 0, built.output
    assert_same_marts(built, healthy)


def test_the_calendar_reaches_as_far_as_the_event_that_was_named(tmp_path: Path) -> None:
    wrong = {"absent_events": ["messenger.message_sent"]}
    refused = run_dbt(tmp_path, "run", "-s", "dim_messenger__dates", variables=wrong)
    assert refused.exit_code != 0
    assert "the calendar of messenger is made of message_sent; name an event" in refused.output

    named = {**wrong, "calendar_events": {"messenger": "conversation_created"}}
    models = ("build", "-s", "+dim_messenger__dates", "--exclude-resource-type", "test")
    build = run_dbt(tmp_path, *models, variables=named)
    assert build.exit_code == 0, build.output
    assert build.query("select min(date_day), max(date_day) from dim_messenger__dates") == (
        build.query(
            """
            select cast(min(event_at) as date), cast(max(received_at) as date)
            from stg_messenger__conversation_created
            """
        )
    )
