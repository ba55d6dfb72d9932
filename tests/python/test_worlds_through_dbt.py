"""What dbt finds in the healthy and the degraded world, against what was planted in them."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest

from scripts.manifest import PROJECT
from tests.python.builds import Build

PLANTED = json.loads((PROJECT / "seeds/ride_sharing/planted.json").read_text(encoding="utf-8"))

# How each planted kind of fault shows in the quarantine.
REASONS = {
    "future_clock": "reason = 'event_at is after received_at'",
    "null_id": "reason like '%_id is missing'",
    "unparsable_number": "reason like '%does not read as %'",
    "unknown_enum": "reason like '%is not one of%'",
    "negative_fare": "reason = 'fare_usd is below 0'",
}


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


def test_every_target_is_met_in_the_healthy_world(healthy: Build) -> None:
    assert len(statuses(healthy)) == 9
    assert set(statuses(healthy).values()) == {"met"}
    assert set(target_tests(healthy).values()) == {"pass"}
    assert set(target_tests(healthy)) == set(statuses(healthy))


def test_every_target_is_missed_in_the_degraded_world_and_nothing_else_fails(
    degraded: Build,
) -> None:
    assert len(statuses(degraded)) == 9
    assert set(statuses(degraded).values()) == {"missed"}
    assert set(target_tests(degraded).values()) == {"fail"}
    failed = [name for name, outcome in degraded.outcomes().items() if outcome in ("fail", "error")]
    assert len(failed) == 9


def test_every_raw_row_is_staged_a_duplicate_or_rejected(healthy: Build) -> None:
    signals = healthy.manifest().signals()
    assert len(signals) == 9
    for signal in signals:
        raw_file = PROJECT / f"seeds/ride_sharing/raw_ride_sharing__{signal.name}.csv"
        [(raw, staged, kept_back)] = healthy.query(
            f"""
            select
                (select count(*) from read_csv('{raw_file}', all_varchar = true)),
                (select count(*) from {signal.model}),
                (select count(*) from ride_sharing__quarantine where event_name = '{signal.name}')
            """
        )
        assert raw == staged + kept_back, signal.name
        assert kept_back > 0, f"no fault is planted in {signal.name}"


@pytest.mark.parametrize("kind", sorted(REASONS))
def test_rejected_rows_are_exactly_the_planted_faults(healthy: Build, kind: str) -> None:
    found = healthy.query(
        f"""
        select event_name, count(*) from ride_sharing__quarantine
        where disposition = 'rejected' and ({REASONS[kind]}) group by event_name
        """
    )
    assert dict(found) == PLANTED["faults"][kind]


def test_no_row_is_rejected_that_was_not_planted(healthy: Build) -> None:
    [(rejected,)] = healthy.query(
        "select count(*) from ride_sharing__quarantine where disposition = 'rejected'"
    )
    assert rejected == sum(sum(PLANTED["faults"][kind].values()) for kind in REASONS)


def test_duplicates_are_exactly_the_planted_ones(healthy: Build) -> None:
    found = healthy.query(
        """
        select event_name, count(*) from ride_sharing__quarantine
        where disposition = 'duplicate' group by event_name
        """
    )
    assert dict(found) == PLANTED["faults"]["duplicate"]


def test_orphans_are_exactly_the_planted_ones(healthy: Build) -> None:
    found = healthy.query("select event_name, count(*) from ride_sharing__orphans group by 1")
    assert dict(found) == PLANTED["faults"]["orphan"]


def test_late_events_are_kept_on_the_day_they_happened(healthy: Build) -> None:
    for event, planted in PLANTED["faults"]["late_arrival"].items():
        [(late,)] = healthy.query(
            f"""
            select count(*) from stg_ride_sharing__{event}
            where received_at > event_at + interval 1 day
            """
        )
        assert late == planted, event
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


def test_the_calendar_ends_where_the_data_does(healthy: Build) -> None:
    [(first, last)] = healthy.query(
        "select min(date_day), max(date_day) from dim_ride_sharing__dates where is_complete_day"
    )
    assert first == date.fromisoformat(PLANTED["first_day"])
    assert last == date.fromisoformat(PLANTED["last_complete_day"])


Days = list[tuple[float, float]]


def daily_parts(build: Build, truth: str) -> Days:
    """Parts of each complete day from the launch on; a count is over one day."""
    metric, _, detail = truth.partition(".")
    is_member = detail in ("carpool", "standard")
    return build.query(
        f"""
        select coalesce(numerator, value), coalesce(denominator, 1) from metric_values
        where metric_id = '{metric}' and statistic = '{"value" if is_member else detail or "value"}'
            and member = '{detail if is_member else "all"}' and period_grain = 'day'
            and is_complete and period_start >= '{PLANTED["launch_date"]}'
        """
    )


def ratio_and_influences(days: Days) -> tuple[float, list[float]]:
    """A ratio of sums over days, and how much each day moves it: each day is one cluster."""
    bottom = sum(day[1] for day in days)
    ratio = sum(day[0] for day in days) / bottom
    return ratio, [(top - ratio * part) / bottom for top, part in days]


def standard_error(influences: list[float]) -> float:
    squares = sum(influence**2 for influence in influences)
    return math.sqrt(squares * len(influences) / (len(influences) - 1))


@pytest.mark.parametrize("truth", sorted(PLANTED["truth"]))
def test_planted_truth_lies_in_the_95_percent_interval_of_what_the_mart_finds(
    healthy: Build, truth: str
) -> None:
    if truth == "driver_earnings_per_hour.lift":
        carpool, moves = ratio_and_influences(
            daily_parts(healthy, "driver_earnings_per_hour.carpool")
        )
        standard, others = ratio_and_influences(
            daily_parts(healthy, "driver_earnings_per_hour.standard")
        )
        observed = carpool / standard - 1
        influences = [
            (move - carpool / standard * other) / standard
            for move, other in zip(moves, others, strict=True)
        ]
    else:
        observed, influences = ratio_and_influences(daily_parts(healthy, truth))
    error = standard_error(influences)
    planted = PLANTED["truth"][truth]["value"]
    assert error > 0
    assert abs(observed - planted) <= 1.96 * error, f"{observed} +- {error}, planted {planted}"
