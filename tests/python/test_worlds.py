"""The worlds are deterministic, hang together, and hold the faults that they say they hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from scripts.worlds.__main__ import SEEDS, app
from scripts.worlds.envelope import PLATFORMS
from scripts.worlds.make import World, make, write_references, write_world
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.ride_sharing.events import (
    CANCELLATION_REASONS,
    FAILURE_REASONS,
    ISSUES,
    RATED_ENTITIES,
    RIDE_TYPES,
    STAGES,
)

SCENARIO = SCENARIOS["ride_sharing"]
SMALL = replace(SCENARIO.defaults, users=SCENARIO.minimum_users, days=SCENARIO.minimum_days, seed=7)

ACCEPTED: dict[str, tuple[str, ...]] = {
    "platform": PLATFORMS,
    "ride_type": RIDE_TYPES,
    "rated_entity_type": RATED_ENTITIES,
    "stage_of_cancellation": STAGES,
    "issue_category": ISSUES,
}


def nothing() -> None:
    """Take the place of a progress bar."""


def files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each file in a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def seeds() -> World:
    """Give the world of the committed seeds, made afresh."""
    return make(SCENARIO, SCENARIO.defaults, "csv", nothing)


@pytest.fixture(scope="module")
def degraded() -> World:
    """Give the degraded world of the usual size, typed."""
    return make(SCENARIO, replace(SCENARIO.defaults, world="degraded"), "parquet", nothing)


@pytest.fixture(scope="module")
def clean() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, as tables."""
    connection = duckdb.connect()
    for event, table in SCENARIO.simulate(SCENARIO.defaults, nothing).tables.items():
        connection.register(event, table)
    return connection


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Count the rows of a query."""
    row = connection.execute(f"select count(*) from ({query})").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_same_arguments_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_world(make(SCENARIO, SMALL, form, nothing), form, tmp_path / name)
    assert files(tmp_path / "first") == files(tmp_path / "second")


def test_another_seed_gives_other_events(seeds: World) -> None:
    arguments = replace(SCENARIO.defaults, seed=SCENARIO.defaults.seed + 1)
    other = make(SCENARIO, arguments, "csv", nothing)
    assert all(seeds.tables[event] != other.tables[event] for event in seeds.tables)


def test_the_committed_seeds_are_what_the_defaults_make(seeds: World, tmp_path: Path) -> None:
    write_world(seeds, "csv", tmp_path, prefix="raw_ride_sharing__")
    write_references(SCENARIO, tmp_path)
    committed = files(SEEDS / SCENARIO.name)
    for name, content in files(tmp_path).items():
        assert committed[name] == content, f"{name} is stale: python -m scripts.worlds seeds"


def test_the_committed_seeds_are_smaller_than_two_megabytes() -> None:
    sizes = [path.stat().st_size for path in (SEEDS / SCENARIO.name).glob("*.csv")]
    assert sum(sizes) < 2_000_000


IMPOSSIBLE = {
    "an event id that occurs twice": """
        select event_id from {event} group by event_id having count(*) > 1""",
    "an event that arrives before it happens": """
        select * from {event} where received_at <= event_at""",
    "an event outside the world": """
        select * from {event} where event_at < '2026-01-05' or received_at >= '{end}'""",
}


@pytest.mark.parametrize("event", SCENARIO.schemas)
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_no_clean_event_is(what: str, event: str, clean: duckdb.DuckDBPyConnection) -> None:
    query = IMPOSSIBLE[what].format(event=event, end=SCENARIO.defaults.end)
    assert count(clean, query) == 0, what


CONTRADICTIONS = {
    "a request asked twice": """
        select request_id from carpool_ride_request group by request_id having count(*) > 1""",
    "a rider twice on a ride": """
        select ride_id from ride_completion group by ride_id, user_id having count(*) > 1""",
    "a carpool before the launch": """
        select * from carpool_ride_request where event_at < '2026-03-02'""",
    "a match without a request": """
        select * from carpool_ride_match_success as answer
        where not exists (
            select * from carpool_ride_request as request
            where request.request_id = answer.request_id
              and request.user_id = answer.user_id
              and request.event_at <= answer.event_at
        )""",
    "a failure without a request": """
        select * from carpool_ride_match_failure
        anti join carpool_ride_request using (request_id, user_id)""",
    "a carpool ridden without a match before it": """
        select * from ride_completion as ride
        where ride.ride_type = 'carpool' and not exists (
            select * from carpool_ride_match_success as answer
            where answer.request_id = ride.request_id
              and answer.user_id = ride.user_id
              and answer.event_at < ride.event_at - to_seconds(ride.duration_seconds)
        )""",
    "a carpool driven by another driver than the last match said": """
        select * from ride_completion as ride
        join (
            select request_id, max_by(driver_id, event_at) as driver_id
            from carpool_ride_match_success group by request_id
        ) as answer using (request_id)
        where ride.driver_id <> answer.driver_id""",
    "a rider matched with oneself": """
        select * from carpool_ride_match_success
        where list_contains(matched_user_ids_list, user_id)""",
    "a ride whose rows disagree": """
        select ride_id from ride_completion group by ride_id
        having count(distinct (ride_type, driver_id, city, distance_km, duration_seconds)) > 1
            or count(distinct event_at) > 1""",
    "a carpool with another rider count than riders": """
        select ride_id from ride_completion where ride_type = 'carpool' group by ride_id
        having min(carpool_rider_count) <> count(*) or max(carpool_rider_count) <> count(*)""",
    "a standard ride with a request or a rider count": """
        select * from ride_completion where ride_type = 'standard'
        and (request_id is not null or carpool_rider_count is not null)""",
    "shares that do not add up to the fare": """
        select * from ride_completion
        where abs(fare_usd_driver_share + fare_usd_platform_share - fare_usd) > 0.001""",
    "a ride that is free, still or instant": """
        select * from ride_completion
        where fare_usd_platform_share <= 0 or distance_km <= 0 or duration_seconds < 60""",
    "a leg of nobody on that carpool": """
        select * from carpool_leg_details as leg
        anti join ride_completion as ride
          on ride.ride_id = leg.ride_id and ride.user_id = leg.leg_user_id
         and ride.driver_id = leg.user_id and ride.ride_type = 'carpool'""",
    "a carpool rider without a leg": """
        select * from ride_completion as ride
        anti join carpool_leg_details as leg
          on ride.ride_id = leg.ride_id and ride.user_id = leg.leg_user_id
        where ride.ride_type = 'carpool'""",
    "a leg outside its ride, or backwards": """
        select * from carpool_leg_details as leg
        join ride_completion as ride
          on ride.ride_id = leg.ride_id and ride.user_id = leg.leg_user_id
        where leg.leg_pickup_timestamp >= leg.leg_dropoff_timestamp
           or leg.leg_dropoff_timestamp <> leg.event_at
           or leg.leg_pickup_timestamp < ride.event_at - to_seconds(ride.duration_seconds)
           or leg.leg_dropoff_timestamp > ride.event_at""",
    "a first ride that is not the rider's first": """
        select * from user_first_ride as first
        join (
            select user_id, min(event_at) as event_at, min_by(ride_id, event_at) as ride_id
            from ride_completion group by user_id
        ) as ride using (user_id)
        where first.event_at <> ride.event_at or first.ride_id <> ride.ride_id""",
    "a second first ride": """
        select user_id from user_first_ride group by user_id having count(*) > 1""",
    "a rating by or of somebody who was not there": """
        select * from ride_rating_submitted as rating
        anti join ride_completion as ride
          on ride.ride_id = rating.ride_id and ride.ride_type = rating.ride_type
         and ride.event_at < rating.event_at
         and rating.user_id = if(rating.rated_entity_type = 'driver', ride.user_id, ride.driver_id)
         and rating.rated_entity_id
             = if(rating.rated_entity_type = 'driver', ride.driver_id, ride.user_id)""",
    "a score that is not from 1 to 5": """
        select * from ride_rating_submitted where rating_score not between 1 and 5""",
    "a cancelled carpool without its request": """
        select * from ride_cancellation as gone
        anti join carpool_ride_request using (request_id, user_id)
        where gone.ride_type = 'carpool'""",
    "a cancellation after a match that never was": """
        select * from ride_cancellation as gone
        anti join carpool_ride_match_success as answer
          on answer.request_id = gone.request_id and answer.event_at < gone.event_at
        where gone.ride_type = 'carpool' and gone.stage_of_cancellation <> 'before_match'""",
    "a cancellation before a match that names a ride": """
        select * from ride_cancellation
        where (stage_of_cancellation = 'before_match') <> (ride_id is null)""",
    "a cancelled request that was ridden": """
        select * from ride_cancellation semi join ride_completion using (request_id)""",
    "a ticket about a ride of somebody else": """
        select * from support_ticket_created as ticket
        anti join ride_completion as ride
          on ride.ride_id = ticket.ride_id and ride.user_id = ticket.user_id
         and ride.ride_type = ticket.ride_type
        where ticket.ride_id is not null""",
    "an origin outside every city, or inside two": """
        select * from carpool_ride_request as request
        where (
            select count(*) from cities where origin_lat between min_latitude and max_latitude
            and origin_lon between min_longitude and max_longitude
        ) <> 1""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str, clean: duckdb.DuckDBPyConnection) -> None:
    clean.register("cities", SCENARIO.references["cities"])
    found = clean.execute(CONTRADICTIONS[what]).fetchmany(3)
    assert not found, what


HAPPENINGS = {
    "requests matched twice": """
        select request_id from carpool_ride_match_success group by request_id
        having count(*) > 1""",
    "requests that failed and then matched": """
        select * from carpool_ride_match_failure
        semi join carpool_ride_match_success using (request_id)""",
    "riders with two legs": """
        select ride_id from carpool_leg_details group by ride_id, leg_user_id
        having count(*) > 1""",
    "revised ratings": """
        select ride_id from ride_rating_submitted group by ride_id, user_id, rated_entity_id
        having count(*) > 1""",
    "carpools cancelled before a match": """
        select * from ride_cancellation
        where ride_type = 'carpool' and stage_of_cancellation = 'before_match'""",
    "carpools cancelled after a match": """
        select * from ride_cancellation
        where ride_type = 'carpool' and stage_of_cancellation <> 'before_match'""",
    "standard rides cancelled": "select * from ride_cancellation where ride_type = 'standard'",
    "tickets without a ride": "select * from support_ticket_created where ride_id is null",
    "drivers who drive both": """
        select driver_id from ride_completion group by driver_id
        having count(distinct ride_type) = 2""",
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_the_traps_that_the_metrics_must_avoid_do_occur(
    what: str, clean: duckdb.DuckDBPyConnection
) -> None:
    assert count(clean, HAPPENINGS[what]) >= 10, what


def accepted_values(event: str, column: str) -> tuple[str, ...]:
    """Give the values that a column with a closed list may take."""
    if column == "reason_code":
        return CANCELLATION_REASONS if event == "ride_cancellation" else FAILURE_REASONS
    return ACCEPTED[column]


def faults_found(event: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Count the faults that one can see in the text of an event's rows, kind by kind."""
    schema = SCENARIO.schemas[event]
    found = dict.fromkeys(SCENARIO.fault_plan, 0)
    seen: set[str] = set()
    for row in rows:
        happened = datetime.fromisoformat(row["event_at"])
        arrived = datetime.fromisoformat(row["received_at"])
        numbers = [row[column] for column in schema.numbers]
        kinds = {
            "duplicate": row["event_id"] in seen,
            "late_arrival": arrived - happened > timedelta(days=1.4),
            "future_clock": happened > arrived,
            "null_id": any(row[column] is None for column in schema.required_ids),
            "unparsable_number": any(text in ("n/a", "abc", "12,5") for text in numbers),
            "unknown_enum": any(
                row[column] not in (None, *accepted_values(event, column))
                for column in schema.accepted
            ),
            "negative_fare": any(str(row[column]).startswith("-") for column in schema.money),
            "orphan": any((row[column] or "")[1:3] == "99" for column in schema.foreign_keys),
        }
        seen.add(row["event_id"])
        assert sum(kinds.values()) <= 1, f"more than one fault in {row}"
        for kind, is_there in kinds.items():
            found[kind] += is_there
    return found


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_the_faults_are_as_many_as_recorded(event: str, seeds: World) -> None:
    recorded = {kind: events.get(event, 0) for kind, events in seeds.planted["faults"].items()}
    assert faults_found(event, seeds.tables[event].to_pylist()) == recorded
    assert sum(recorded.values()) > 0


@pytest.mark.parametrize("event", SCENARIO.schemas)
def test_only_late_arrivals_touch_a_real_row(
    event: str, seeds: World, clean: duckdb.DuckDBPyConnection
) -> None:
    clean.register("planted", seeds.tables[event])
    recorded = {kind: events.get(event, 0) for kind, events in seeds.planted["faults"].items()}
    late = recorded.pop("late_arrival")
    real = count(clean, f"from {event}")
    assert seeds.tables[event].num_rows == real + sum(recorded.values())
    kept = f"""
        select * from {event} as real semi join planted
          on planted.event_id = real.event_id
         and planted.event_at = strftime(real.event_at, '%Y-%m-%d %H:%M:%S')
         and planted.user_id = real.user_id
         and planted.received_at = strftime(real.received_at, '%Y-%m-%d %H:%M:%S')"""
    assert count(clean, kept) == real - late


def test_parquet_rules_out_numbers_that_cannot_be_parsed(degraded: World) -> None:
    assert set(degraded.planted["faults"]["unparsable_number"].values()) == {0}
    schema = degraded.tables["ride_completion"].schema
    assert str(schema.field("fare_usd").type) == "double"
    assert str(schema.field("event_at").type).startswith("timestamp")


def test_the_record_tells_when_and_what_is_true(seeds: World) -> None:
    planted = json.loads(json.dumps(seeds.planted))
    assert planted["launch_date"] == "2026-03-02"
    assert planted["first_day"] == "2026-01-05"
    assert planted["last_complete_day"] == "2026-09-12"
    assert all(row["value"] is not None and row["meaning"] for row in planted["truth"].values())


def true_values(world: World) -> dict[str, float]:
    """Give the expected values of a world."""
    return {name: row["value"] for name, row in world.planted["truth"].items()}


THRESHOLDS = {
    "carpool_request_success_rate.matched_requests": 0.80,
    "carpool_average_fill_rate": 1.8,
    "driver_earnings_per_hour.lift": 0.10,
    "carpool_rider_csat": 4.5,
    "carpool_driver_csat": 4.6,
}
CEILINGS = {
    "carpool_average_detour_time.per_rider": 7.0,
    "carpool_cancellation_rate.after_match": 0.10,
}


def test_what_is_expected_of_the_worlds_lies_on_either_side_of_the_targets(
    seeds: World, degraded: World
) -> None:
    healthy, missed = true_values(seeds), true_values(degraded)
    for name, threshold in THRESHOLDS.items():
        assert missed[name] < threshold < healthy[name], name
    for name, ceiling in CEILINGS.items():
        assert healthy[name] < ceiling < missed[name], name


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--world", "perfect"], "unknown world 'perfect'"),
        (["--users", "10"], "10 users are too few"),
        (["--days", "100"], "100 days are too few"),
        (["--seed", "-1"], "the seed is -1"),
        (["--format", "xml"], "unknown format 'xml'"),
        (["flying_taxis"], "unknown scenario 'flying_taxis'"),
    ],
)
def test_a_world_that_cannot_be_made_is_one_line_and_status_2(
    options: list[str], message: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, ["generate", *options, "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("here already")
    result = CliRunner().invoke(app, ["generate", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "is not a folder" in result.output
