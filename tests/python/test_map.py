"""`python -m scripts.map draft`: what it is sure of, what it asks, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from scripts.map.__main__ import app
from scripts.map.names import UNITS, column_unit, words
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, make_world, render
from tests.python.foreign_log import write_log


@pytest.fixture(scope="module")
def target(healthy: Build) -> Path:
    """A target folder with a manifest."""
    return healthy.target


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A healthy world of ride sharing as CSV files."""
    return make_world(tmp_path_factory.mktemp("world"))


def drafted(target: Path, folder: Path, *arguments: str) -> tuple[str, dict[str, Any]]:
    """The draft as text, and as what is in it for ride sharing."""
    result = CliRunner().invoke(app, ["draft", str(folder), "--target", str(target), *arguments])
    assert result.exit_code == 0, result.output
    content = yaml.safe_load(result.output)
    assert content["raw_path"] == str(folder)
    return result.output, content["event_mapping"].get("ride_sharing") or {}


def test_files_that_are_right_need_no_mapping(target: Path, world: Path) -> None:
    text, mapping = drafted(target, world)
    assert mapping == {}
    assert len(text.splitlines()) == 2


def test_a_draft_of_a_foreign_log_has_what_is_certain_and_asks_the_rest(
    target: Path, world: Path, tmp_path: Path
) -> None:
    text, mapping = drafted(target, write_log(world, tmp_path / "raw/app_log.csv"))

    shared = mapping.pop("every_event")
    assert shared["from"] == "app_log"
    assert shared["fields"] == {
        "event_at": {"column": "ts", "unit": "unix_milliseconds"},
        "received_at": {"column": "Arrived", "format": "%d.%m.%Y %H:%M:%S"},
        "user_id": "uid",
        "platform": "os",
        "ride_id": "ride",
        "request_id": "request",
    }
    assert "event_id: {columns: [uid, ts]}  # TODO" in text
    assert (
        "platform: os  # TODO: what are droid, iPhone's, smart_fridge of ios, android, web?" in text
    )
    assert {event: entry["where"]["type"] for event, entry in mapping.items()} == {
        "carpool_leg_details": "leg_details",
        "carpool_ride_match_failure": "match_failed",
        "carpool_ride_request": "ride_requested",
        "ride_cancellation": "ride_cancelled",
        "ride_completion": "ride_done",
        "ride_rating_submitted": "ride_rated",
        "support_ticket_created": "support_ticket",
        "user_first_ride": "first_ride",
    }
    asked = text[text.index("carpool_ride_match_success is not found") :].splitlines()[0]
    assert "{from: app_log, where: {type: it's a match}}" in asked
    completion = mapping["ride_completion"]["fields"]
    assert completion["city"] == "town"
    assert completion["driver_id"] == "driver"
    assert "fare_usd: fare  # TODO: is it in dollars? Else say its unit" in text
    assert "# distance_km: ...  # TODO: which column is it?" in text
    assert "# ride_type: {column: kind, values: {" in text


def test_units_words_and_times_are_read_from_names_and_values(target: Path, tmp_path: Path) -> None:
    """Typed Parquet in folders of days, and an event with the project's names but not its words."""
    completions = tmp_path / "trips's/event_date=2026-01-05"
    completions.mkdir(parents=True)
    duckdb.execute(
        f"""
        copy (
            select
                uuid() as id, 1767261600 as created_at,
                timestamp '2026-01-01 10:00:05' as receivedAt, 'u1' as userId, 'iOS' as os,
                '1' as tripId, 'CARPOOL' as ride_type, 'd' as driver, 'Lisbon' as town,
                1250 as fareCents, 1000 as fare_driver_share_cents,
                250 as fare_platform_share_cents, 3.5 as distance_miles, 90000 as duration_ms
        ) to '{str(completions).replace("'", "''")}/0.parquet'
        """
    )
    text, mapping = drafted(target, tmp_path, "--scenario", "ride_sharing")
    assert mapping == {}
    assert "# TODO: ride_completion is not found. Map it," in text

    (tmp_path / "trips's").rename(tmp_path / "ride's completed")
    _, mapping = drafted(target, tmp_path, "--scenario", "ride_sharing")
    assert mapping["ride_completion"] == {
        "from": "ride's completed",
        "fields": {
            "event_id": "id",
            "event_at": {"column": "created_at", "unit": "unix_seconds"},
            "received_at": "receivedAt",
            "user_id": "userId",
            "platform": {"column": "os", "values": {"iOS": "ios"}},
            "ride_id": "tripId",
            "ride_type": {"column": "ride_type", "values": {"CARPOOL": "carpool"}},
            "driver_id": "driver",
            "city": "town",
            "fare_usd": {"column": "fareCents", "unit": "cents"},
            "fare_usd_driver_share": {"column": "fare_driver_share_cents", "unit": "cents"},
            "fare_usd_platform_share": {"column": "fare_platform_share_cents", "unit": "cents"},
            "distance_km": {"column": "distance_miles", "unit": "miles"},
            "duration_seconds": {"column": "duration_ms", "unit": "milliseconds"},
        },
    }


def test_a_time_that_reads_in_two_ways_is_asked_for(target: Path, tmp_path: Path) -> None:
    (tmp_path / "ride_sharing").mkdir()
    (tmp_path / "ride_sharing/ride_completion.csv").write_text("event_at\n01/02/2026\n02/01/2026\n")
    text, _ = drafted(target, tmp_path, "--scenario", "ride_sharing")
    assert "event_at: event_at  # TODO: say its format, %d/%m/%Y or %m/%d/%Y; it holds" in text


def test_every_unit_that_a_draft_knows_is_one_that_a_mapping_may_say(tmp_path: Path) -> None:
    drafted_units = {unit: set(known.values()) for unit, known in UNITS.items()}
    fields = [{"name": f"some_{unit}", "data_type": "double"} for unit in drafted_units]
    query = " ".join(f"{{{{ mapped_units({field}) | list | tojson }}}};" for field in fields)
    found = [set(yaml.safe_load(one)) for one in render(tmp_path, query).split(";") if one.strip()]
    assert found == list(drafted_units.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ride_completion", "RideCompleted"),
        ("ride_cancellation", "ride-canceled"),
        ("city", "town"),
        ("duration_seconds", "durationMs"),
        ("rated_entity_id", "rated_entity"),
    ],
)
def test_names_that_mean_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_a_unit_is_a_word_of_its_own_in_a_name() -> None:
    assert column_unit("fare_cents", "usd") == "cents"
    assert column_unit("centsible", "usd") is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["empty"], "empty: no CSV or Parquet file"),
        (["broken"], "broken/log.parquet"),
        (
            ["other"],
            f"other: fits none of {', '.join(sorted(SCENARIOS))}; say --scenario",
        ),
        (["other", "--scenario", "taxis"], "taxis: no such scenario; there are cloud_storage,"),
        (["other", "--target", "nowhere"], "manifest.json does not exist"),
    ],
)
def test_wrong_input_is_one_line_and_nothing_is_written(
    target: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    for name in ("empty", "broken", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken/log.parquet").write_text("no Parquet")
    (tmp_path / "other/log.csv").write_text("a,b\n1,2\n")
    out = tmp_path / "draft.yml"
    folder = tmp_path / arguments[0]
    options = ["--target", str(target), "--out", str(out), *arguments[1:]]

    result = CliRunner().invoke(app, ["draft", str(folder), *options])

    assert result.exit_code == 2
    assert said in result.output.replace(str(tmp_path) + "/", "")
    assert len(result.output.splitlines()) == 1
    assert not out.exists()
