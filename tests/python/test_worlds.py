"""Every world is deterministic, hangs together, and holds the faults that it says it holds."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from scripts.worlds.__main__ import SEEDS, app
from scripts.worlds.faults import Ground, plant
from scripts.worlds.make import World, make, write_references, write_world
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Arguments
from tests.python.worlds import clean, count, made, nothing

LAUNCHES = {
    "ride_sharing": date(2026, 3, 2),
    "cloud_storage": date(2026, 2, 2),
    "messenger": date(2026, 1, 5),
    "stickiness": date(2026, 1, 5),
    "photo_upload": date(2026, 1, 5),
    "streaming": date(2026, 1, 5),
    "short_video": date(2026, 2, 2),
    "news_feed": date(2026, 1, 5),
    "food_delivery": date(2026, 1, 5),
}
EVENTS = [(name, event) for name, scenario in SCENARIOS.items() for event in scenario.schemas]
WORLDS = [(name, world) for name, scenario in SCENARIOS.items() for world in scenario.worlds]


def make_small(name: str, world: str = "healthy", seed: int = 7) -> World:
    """Make the smallest world."""
    scenario = SCENARIOS[name]
    arguments = Arguments(world, scenario.minimum_users, scenario.minimum_days, seed)
    return make(scenario, arguments, nothing)


small = cache(make_small)


def files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each file in a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_same_arguments_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for turn, world in (("first", small(name)), ("second", make_small(name))):
        write_world(world, tmp_path / turn)
    assert files(tmp_path / "first") == files(tmp_path / "second")


@pytest.mark.parametrize("name", SCENARIOS)
def test_another_seed_gives_other_events(name: str) -> None:
    first, other = small(name).tables, make_small(name, seed=8).tables
    assert all(first[event] != other[event] for event in SCENARIOS[name].schemas)


@pytest.mark.parametrize(("name", "world"), WORLDS)
def test_every_world_can_be_as_small_as_allowed(name: str, world: str) -> None:
    tables = small(name, world).tables
    assert set(tables) == set(SCENARIOS[name].schemas)
    assert all(table.num_rows for table in tables.values())


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_committed_seeds_are_what_the_defaults_make(name: str, tmp_path: Path) -> None:
    write_world(made(name), tmp_path, prefix=f"raw_{name}__")
    write_references(SCENARIOS[name], tmp_path)
    committed = files(SEEDS / name)
    for file, content in files(tmp_path).items():
        assert committed[file] == content, f"{file} is stale: python -m scripts.worlds seeds"


IMPOSSIBLE = {
    "an event id that occurs twice": """
        select event_id from {event} group by event_id having count(*) > 1""",
    "an event that arrives before it happens": """
        select * from {event} where received_at <= event_at""",
    "an event outside the world": """
        select * from {event} where event_at < '2026-01-05' or received_at >= '{end}'""",
}


@pytest.mark.parametrize(("name", "event"), EVENTS)
@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_no_clean_event_is(what: str, name: str, event: str) -> None:
    query = IMPOSSIBLE[what].format(event=event, end=SCENARIOS[name].defaults.end)
    assert count(clean(name), query) == 0, what


def faults_found(name: str, event: str, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Count the faults that one can see in the text of an event's rows, kind by kind."""
    schema = SCENARIOS[name].schemas[event]
    usual = {
        column: {
            value
            for (value,) in clean(name).execute(f"select distinct {column} from {event}").fetchall()
        }
        for column in schema.accepted
    }
    found = dict.fromkeys(SCENARIOS[name].fault_plan, 0)
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
            "unknown_enum": any(row[column] not in usual[column] for column in schema.accepted),
            "negative_amount": any(str(row[column]).startswith("-") for column in schema.money),
            "orphan": any((row[column] or "")[1:3] == "99" for column in schema.foreign_keys),
        }
        seen.add(row["event_id"])
        assert sum(kinds.values()) <= 1, f"more than one fault in {row}"
        for kind, is_there in kinds.items():
            if is_there:
                found[kind] += 1
    return found


def recorded_faults(name: str, event: str) -> dict[str, int]:
    """Give the recorded number of faults of an event, kind by kind."""
    faults = made(name).planted["faults"]
    return {kind: events.get(event, 0) for kind, events in faults.items()}


@pytest.mark.parametrize(("name", "event"), EVENTS)
def test_the_faults_are_as_many_as_recorded(name: str, event: str) -> None:
    recorded = recorded_faults(name, event)
    rows = made(name).tables[event].to_pylist()
    assert faults_found(name, event, rows) == recorded
    assert sum(recorded.values()) > 0


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_committed_world_has_room_for_every_fault(name: str) -> None:
    assert made(name).planted["faults"] == SCENARIOS[name].fault_plan


def test_an_event_that_hardly_happens_has_room_for_few_faults() -> None:
    scenario = SCENARIOS["cloud_storage"]
    event = "quick_access_negative_feedback"
    few = clean("cloud_storage").execute(f"from {event} limit 2").to_arrow_table()
    end = scenario.defaults.end
    ground = Ground(few, scenario.schemas[event], end, end, 990_000, np.arange(3, 5))
    counts = {"duplicate": 1, "null_id": 1, "orphan": 1}
    planted = plant(ground, counts, np.random.default_rng(1), None)
    # Each is made from a row of its own.
    assert sum(planted.counts.values()) == 2
    assert sum(rows.num_rows for rows in planted.extra.values()) == 2


@pytest.mark.parametrize(("name", "event"), EVENTS)
def test_only_late_arrivals_touch_a_real_row(name: str, event: str) -> None:
    connection = clean(name)
    connection.register("planted", made(name).tables[event])
    recorded = recorded_faults(name, event)
    late = recorded.pop("late_arrival")
    real = count(connection, f"from {event}")
    assert count(connection, "from planted") == real + sum(recorded.values())
    kept = f"""
        select * from {event} as real semi join planted
          on planted.event_id = real.event_id
         and planted.event_at = strftime(real.event_at, '%Y-%m-%d %H:%M:%S')
         and planted.user_id = real.user_id
         and planted.received_at = strftime(real.received_at, '%Y-%m-%d %H:%M:%S')"""
    assert count(connection, kept) == real - late


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_record_tells_when_and_what_is_true(name: str) -> None:
    planted = json.loads(json.dumps(made(name).planted))
    open_day = SCENARIOS[name].defaults.end.date() - timedelta(days=1)
    assert planted["launch_date"] == LAUNCHES[name].isoformat()
    assert planted["first_day"] == "2026-01-05"
    assert planted["last_complete_day"] == (open_day - timedelta(days=1)).isoformat()
    assert all(row["value"] is not None and row["meaning"] for row in planted["truth"].values())


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--world", "perfect"], "unknown world 'perfect': choose healthy or degraded"),
        (["--users", "10"], "10 users are too few"),
        (["--days", "50"], "50 days are too few"),
        (["--seed", "-1"], "the seed is -1"),
        (["--format", "xml"], "unknown format 'xml'"),
    ],
)
def test_a_world_that_cannot_be_made_is_one_line_and_status_2(
    name: str, options: list[str], message: str, tmp_path: Path
) -> None:
    out = ["--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, ["generate", name, *options, *out])
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_an_unknown_scenario_is_one_line_and_status_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["generate", "flying_taxis", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "unknown scenario 'flying_taxis'" in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_file_in_the_place_of_the_folder_is_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("here already")
    result = CliRunner().invoke(app, ["generate", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "is not a folder" in result.output
