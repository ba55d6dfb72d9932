"""What dbt finds in the healthy and the degraded worlds, against what was planted in them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scripts.manifest import PROJECT
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, planted

# How each planted kind of fault shows in the quarantine.
REASONS = {
    "future_clock": "reason = 'event_at is after received_at'",
    "null_id": "reason like '% is missing'",
    "unparsable_number": "reason like '%does not read as %'",
    "unknown_enum": "reason like '%is not one of%'",
    "negative_amount": "reason like '%is below 0'",
}

MISSES = ("fail", "warn", "error")
# What rings in the degraded worlds beside targets: the release that all have in the end is bad.
ALARMS = {"no_release_in_use_is_worse_than_the_one_before_it"}


def target_tests(build: Build) -> dict[str, str]:
    """Outcome of each target's dbt test, by target id."""
    outcomes = build.outcomes()
    return {
        node["test_metadata"]["kwargs"]["target"]: outcomes[node["name"]]
        for node in build.manifest().nodes.values()
        if node.get("test_metadata") and node["test_metadata"]["name"] == "target_is_met"
    }


def statuses(build: Build) -> dict[str, str]:
    return dict(build.query("select target_id, status from target_status"))


def test_every_target_is_met_in_the_healthy_worlds(healthy: Build) -> None:
    targets = healthy.severities()
    assert statuses(healthy) == dict.fromkeys(targets, "met")
    assert target_tests(healthy) == dict.fromkeys(targets, "pass")


def test_every_target_is_missed_in_the_degraded_worlds_and_nothing_else_fails(
    degraded: Build,
) -> None:
    targets = degraded.severities()
    assert statuses(degraded) == dict.fromkeys(targets, "missed")
    assert target_tests(degraded) == {
        target: {"error": "fail", "warn": "warn"}[severity] for target, severity in targets.items()
    }
    broken = {name for name, outcome in degraded.outcomes().items() if outcome in MISSES}
    assert broken >= ALARMS
    assert len(broken - ALARMS) == len(targets)


def test_a_deadline_counts_from_the_planted_launch(healthy: Build) -> None:
    [(launched_on,)] = healthy.query(
        """
        select cast(window_end + interval 1 day - interval 6 month as date)
        from target_status where target_id = '1.1.2-1.T1'
        """
    )
    assert launched_on == date.fromisoformat(planted("ride_sharing")["launch_date"])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_raw_row_is_staged_a_duplicate_or_rejected(healthy: Build, scenario: str) -> None:
    signals = [
        signal
        for signal in healthy.manifest().signals()
        if signal.scenario == scenario and not signal.is_derived
    ]
    assert signals
    for signal in signals:
        raw_file = PROJECT / f"seeds/{scenario}/raw_{scenario}__{signal.name}.csv"
        [(raw, staged, kept_back)] = healthy.query(
            f"""
            select
                (select count(*) from read_csv('{raw_file}', all_varchar = true)),
                (select count(*) from {signal.model}),
                (select count(*) from {scenario}__quarantine where event_name = '{signal.name}')
            """
        )
        assert raw == staged + kept_back, signal.name
        assert kept_back > 0, f"no fault is planted in {signal.name}"


@pytest.mark.parametrize("kind", sorted(REASONS))
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_rejected_rows_are_exactly_the_planted_faults(
    healthy: Build, scenario: str, kind: str
) -> None:
    found = healthy.query(
        f"""
        select event_name, count(*) from {scenario}__quarantine
        where disposition = 'rejected' and ({REASONS[kind]}) group by event_name
        """
    )
    assert dict(found) == planted(scenario)["faults"].get(kind, {})


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_row_is_rejected_that_was_not_planted(healthy: Build, scenario: str) -> None:
    [(rejected,)] = healthy.query(
        f"select count(*) from {scenario}__quarantine where disposition = 'rejected'"
    )
    faults = planted(scenario)["faults"]
    assert rejected == sum(sum(faults.get(kind, {}).values()) for kind in REASONS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_duplicates_are_exactly_the_planted_ones(healthy: Build, scenario: str) -> None:
    found = healthy.query(
        f"""
        select event_name, count(*) from {scenario}__quarantine
        where disposition = 'duplicate' group by event_name
        """
    )
    assert dict(found) == planted(scenario)["faults"]["duplicate"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_orphans_are_exactly_the_planted_ones(healthy: Build, scenario: str) -> None:
    found = healthy.query(f"select event_name, count(*) from {scenario}__orphans group by 1")
    assert dict(found) == planted(scenario)["faults"]["orphan"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_late_events_are_kept(healthy: Build, scenario: str) -> None:
    for event, count in planted(scenario)["faults"]["late_arrival"].items():
        [(late,)] = healthy.query(
            f"""
            select count(*) from stg_{scenario}__{event}
            where received_at > event_at + interval 1 day
            """
        )
        assert late == count, event


def test_late_events_count_on_the_day_they_happened(healthy: Build) -> None:
    [(misplaced,)] = healthy.query(
        "select count(*) from fct_ride_sharing__rides where ride_date <> cast(ended_at as date)"
    )
    assert misplaced == 0


def test_a_rejected_row_names_its_file_row_field_and_rule(healthy: Build) -> None:
    [(origin, origin_row, field, reason, content)] = healthy.query(
        """
        select origin, origin_row, field, reason, content from ride_sharing__quarantine
        where reason = 'fare_usd is below 0' order by origin_row limit 1
        """
    )
    assert field == "fare_usd"
    assert reason == "fare_usd is below 0"
    line = (PROJECT / origin).read_text(encoding="utf-8").splitlines()[origin_row]
    assert json.loads(content)["event_id"] == line.split(",")[0]
    assert json.loads(content)["fare_usd"].startswith("-")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_calendar_ends_where_the_data_does(healthy: Build, scenario: str) -> None:
    [(first, last)] = healthy.query(
        f"select min(date_day), max(date_day) from dim_{scenario}__dates where is_complete_day"
    )
    assert first == date.fromisoformat(planted(scenario)["first_day"])
    assert last == date.fromisoformat(planted(scenario)["last_complete_day"])
