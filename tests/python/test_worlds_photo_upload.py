"""What is special about the photo-upload worlds: flows hang together, what is planted is there."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import duckdb
import numpy as np
import pytest

from scripts.worlds.make import clean_tables
from scripts.worlds.photo_upload.population import populate
from scripts.worlds.photo_upload.settings import (
    NETWORKS,
    OUTAGE_DAY,
    REGIONS,
    WIFI,
    WORLDS,
    Uplink,
)
from scripts.worlds.photo_upload.transfers import arrives, uplink_of
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.scenario import Arguments
from tests.python.worlds import clean, count, nothing

SCENARIO = SCENARIOS["photo_upload"]
EVENTS_OF_A_FLOW = [name for name in SCENARIO.schemas if name != "upload_flow_initiated"]


@cache
def large() -> duckdb.DuckDBPyConnection:
    """Give a healthy world that is ten times as large, before its faults."""
    connection = duckdb.connect()
    simulation = SCENARIO.simulate(Arguments("healthy", 3_600, 88, 5))
    for event, table in clean_tables(SCENARIO, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(f"create table {event} as from simulated")
    return connection


@pytest.mark.parametrize("event", EVENTS_OF_A_FLOW)
def test_every_event_belongs_to_a_flow_of_the_same_user_and_follows_its_start(event: str) -> None:
    """But for the editor, by a clock that was set back."""
    late = "false" if event == "upload_edit_screen_opened" else "events.event_at < flows.event_at"
    strangers = f"""
        select * from {event} as events
        left join upload_flow_initiated as flows using (session_id, user_id)
        where session_id is not null and (flows.session_id is null or {late})
    """
    assert count(clean("photo_upload"), f"from {event}") > 0
    assert count(clean("photo_upload"), strangers) == 0


def test_every_attempt_ends_once_or_its_app_was_killed() -> None:
    endings = """
        select attempt_id from upload_success
        union all select attempt_id from upload_failure where attempt_id is not null
    """
    connection = large()
    assert count(connection, f"from ({endings}) group by attempt_id having count(*) > 1") == 0
    attempts = count(connection, "from upload_attempt_started")
    killed = count(connection, f"from upload_attempt_started where attempt_id not in ({endings})")
    assert 0 < killed < 0.002 * attempts


def test_a_photo_is_tried_again_only_after_an_error_and_goes_on_where_an_app_broke_off() -> None:
    connection = large()
    before = """
        from upload_attempt_started as attempts
        join upload_attempt_started as previous
            on attempts.media_id = previous.media_id
            and attempts.attempt_number = previous.attempt_number + 1
        left join upload_failure as failures on previous.attempt_id = failures.attempt_id
    """
    retries = count(connection, "from upload_attempt_started where attempt_number > 1")
    assert retries > 100
    assert count(connection, f"{before} where error_code <> 'cancelled_by_user'") == retries
    assert count(connection, "from upload_retry_attempt") == retries
    resumed = f"{before} where attempts.resumed_from_kb > 0"
    assert count(connection, resumed) > 0
    assert count(connection, f"{resumed} and attempts.platform = 'web'") == 0
    assert count(connection, f"{resumed} and error_code = 'service_unavailable'") == 0


def test_an_outage_of_two_hours_stops_one_region_and_no_other() -> None:
    refused = large().execute(
        """
        select distinct region, cast(failures.event_at as date) - date '2026-01-05',
            hour(failures.event_at)
        from upload_failure as failures join upload_flow_initiated using (session_id)
        where error_code = 'service_unavailable'
        """
    )
    assert set(refused.fetchall()) <= {("europe", OUTAGE_DAY, hour) for hour in (18, 19, 20)}
    during = """
        from upload_attempt_started as attempts join upload_success using (attempt_id)
        where region = 'europe' and attempts.event_at >= timestamp '2026-01-25 18:00:00'
            and attempts.event_at < timestamp '2026-01-25 20:00:00'
    """
    assert count(large(), during) == 0


def test_a_slow_network_is_also_a_network_that_people_give_up_on() -> None:
    """Slower means later, and later means fewer: that is what survivors hide."""
    causes = WORLDS["degraded"]
    odds = arrives(causes, Uplink(1.0, 0.7, 0.0, 0.003), np.array([1.0, 10.0, 50.0, 61.0]))
    assert all(later < earlier for earlier, later in pairwise(odds))
    assert odds[-1] == 0
    shares = dict(
        large()
        .execute(
            """
            select network_type, count(*) filter (where error_code = 'cancelled_by_user')
                / count(*)
            from upload_attempt_started left join upload_failure using (attempt_id, network_type)
            group by 1
            """
        )
        .fetchall()
    )
    assert shares["3g"] > 3 * shares["wifi"]


def test_wifi_carries_what_was_measured() -> None:
    measured = {"americas": (22.7, 1 / 242), "europe": (248.3, 0.0), "asia": (73.4, 0.0)}
    assert NETWORKS[WIFI] == "wifi"
    for number, region in enumerate(REGIONS):
        uplink = uplink_of(WIFI, number)
        assert (uplink.mbps, uplink.lost) == measured[region]


@pytest.mark.parametrize(("world", "release"), [("healthy", "4.1"), ("degraded", "4.2")])
def test_the_bad_release_is_slow_on_android_off_wifi_and_nowhere_else(
    world: str, release: str
) -> None:
    simulation = SCENARIO.simulate(Arguments(world, 2_000, 88, 5))
    connection = duckdb.connect()
    for event, table in clean_tables(SCENARIO, simulation, nothing).items():
        connection.register("simulated", table)
        connection.execute(f"create table {event} as from simulated")
    rows = connection.execute(
        """
        select starts.app_version, starts.platform || case when network_type = 'wifi' then ' wifi'
            else ' cellular' end, median(transfer_ms)
        from upload_attempt_started as starts join upload_success using (attempt_id)
        group by 1, 2 having count(*) > 100
        """
    ).fetchall()
    medians = {(version, segment): ms for version, segment, ms in rows}
    # What each segment takes in the other releases; resumed attempts and chance move it little.
    for (version, segment), ms in medians.items():
        others = [
            other for (one, where), other in medians.items() if where == segment and one != release
        ]
        is_bad = (version, segment) == (release, "android cellular")
        assert (ms > 2 * max(others)) == is_bad, (version, segment)


def test_a_draft_comes_back_once_and_within_days() -> None:
    returns = """
        select date_diff('second', saved.event_at, flows.event_at) / 86400 as days
        from upload_flow_initiated as flows
        join (
            select draft_id, user_id, max(event_at) as event_at from upload_draft_saved group by all
        ) as saved using (draft_id, user_id)
    """
    drafts = count(large(), "from (select distinct draft_id from upload_draft_saved)")
    assert count(large(), f"from ({returns}) where days not between 0 and 4") == 0
    back = count(large(), f"from ({returns})")
    assert back == count(large(), "from upload_flow_initiated where draft_id is not null")
    assert 0.4 < back / drafts < 0.6


def test_some_clocks_are_set_back_but_never_to_the_day_before() -> None:
    back = """
        from upload_edit_screen_opened as edits
        join upload_flow_initiated as flows using (session_id)
        where edits.event_at < flows.event_at
    """
    assert 0 < count(large(), back) < 0.01 * count(large(), "from upload_edit_screen_opened")
    assert count(large(), f"{back} and edits.event_at::date < flows.event_at::date") == 0


def test_the_users_are_drawn_from_their_seed_alone() -> None:
    one, other = (
        populate(Arguments("healthy", 300, days, 3), WORLDS["healthy"]) for days in (88, 88)
    )
    assert (one.flows_per_day == other.flows_per_day).all()
