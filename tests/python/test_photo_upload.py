"""Photo upload as it is built: the bad release is found, and percentiles are what they say."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import qth_survival_times

from tests.python.builds import Build

WORLDS = ["healthy", "degraded"]
BAD = {"healthy": "4.1", "degraded": "4.2"}
ALARM = "no_release_in_use_is_worse_than_the_one_before_it"


@pytest.mark.parametrize("world", WORLDS)
def test_the_bad_release_is_found_with_its_segment_and_no_other(
    world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    found = build.query(
        "select distinct app_version, segment from photo_upload__release_regressions"
    )
    assert (BAD[world], "android cellular") in found
    assert {version for version, _ in found} == {BAD[world]}


def test_the_bad_release_is_not_seen_in_the_number_of_all(healthy: Build) -> None:
    rows = dict(
        healthy.query(
            """
            select measure, is_regression from photo_upload__release_comparison
            where app_version = '4.1' and dimension = 'all'
            """
        )
    )
    assert rows["success"] is False
    [(worst,)] = healthy.query(
        """
        select segment from photo_upload__release_comparison
        where app_version = '4.1' and measure = 'slow' and dimension = 'platform_network'
        order by difference desc limit 1
        """
    )
    assert worst == "android cellular"


def test_the_alarm_rings_while_the_release_is_in_use(healthy: Build, degraded: Build) -> None:
    assert healthy.outcomes()[ALARM] == "pass"
    assert degraded.outcomes()[ALARM] == "warn"


@pytest.mark.parametrize("world", WORLDS)
def test_kaplan_meier_quantiles_are_those_of_lifelines(
    world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    compared = 0
    for dimension in ("all", "network_type", "region", "media_type"):
        column = "'all'" if dimension == "all" else dimension
        rows = build.query(
            f"""
            select {column}, cast(date_trunc('month', flow_date) as date), waited_seconds,
                outcome = 'succeeded'
            from fct_photo_upload__media where outcome <> 'pending'
            """
        )
        marts = {
            (member, month, statistic): value
            for member, month, statistic, value in build.query(
                f"""
                select member, period_start, statistic, value from mart_upload_time_percentiles
                where period_grain = 'month' and dimension = '{dimension}'
                    and statistic like '%kaplan_meier'
                """
            )
        }
        for member, month in {(row[0], row[1]) for row in rows}:
            of_cell = [row for row in rows if row[:2] == (member, month)]
            durations, done = np.array([row[2:] for row in of_cell], dtype=float).T
            curve = KaplanMeierFitter().fit(durations, done).survival_function_
            for name, level in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95)):
                # Where the curve lies on the level, rounding must not decide which side it is on.
                expected = qth_survival_times(1 - level + 1e-12, curve)
                found = marts[member, month, f"{name}_kaplan_meier"]
                assert (math.inf if found is None else found) == pytest.approx(expected, rel=1e-9)
                compared += 1
    assert compared > 50


def test_survivors_look_faster_than_what_people_waited_for(degraded: Build) -> None:
    """The trap is alive: where much fails, P90 of what succeeds is far below P90 of all."""
    rows = dict(
        degraded.query(
            """
            select statistic, value from mart_upload_time_percentiles
            where period_grain = 'month' and period_start = date '2026-03-01'
                and dimension = 'all'
            """
        )
    )
    assert rows["p90"] < 0.9 * rows["p90_kaplan_meier"]
    assert rows["p90_with_failures"] is None or rows["p90_with_failures"] > rows["p90"]
    assert rows["p50"] <= rows["p90"] <= rows["p95"]


def test_the_naive_formulas_give_visibly_other_numbers(healthy: Build) -> None:
    values = {
        (metric, statistic, member): value
        for metric, statistic, member, value in healthy.query(
            """
            select metric_id, statistic, member, value from photo_upload__metric_values
            where period_grain = 'month' and period_start = date '2026-02-01'
                and dimension in ('all', 'step')
            """
        )
    }

    def of(metric: str, statistic: str = "value", member: str = "all") -> float:
        return float(values[metric, statistic, member])

    # A change of mind is no failed upload.
    assert of("upload_success_rate") < 0.95 < 0.99 < of("upload_success_rate", "of_attempts")
    # More captions than editor screens, more attempts than captions.
    assert of("upload_funnel_conversion", "value", "transfer_started") > 1
    assert of("upload_funnel_conversion", "from_previous", "transfer_started") < 0.95
    # Thrown out is not left.
    assert of("upload_abandonment_rate", "value", "initiated") > 1.1 * of(
        "upload_abandonment_rate", "abandoned", "initiated"
    )
    # Failures before the transfer are no failures of it.
    assert of("upload_failure_rate") > 2 * of("upload_failure_rate", "of_transfers")
    # Bursts are not flows, autosaves are not drafts.
    assert of("upload_responsiveness_issue_rate") > 1.5 * of(
        "upload_responsiveness_issue_rate", "flows_affected"
    )
    assert of("upload_draft_save_rate") > 1.3 * of("upload_draft_save_rate", "flows_saving")


def test_steps_of_a_clock_that_was_set_back_are_kept_apart_with_both_times(healthy: Build) -> None:
    impossible = healthy.query(
        "select started_at, ended_at, step from photo_upload__impossible_steps"
    )
    assert impossible
    assert all(ended < started for started, ended, _ in impossible)
    [(negative,)] = healthy.query(
        "select count(*) from fct_photo_upload__timed_steps where is_possible and step_seconds < 0"
    )
    assert negative == 0


def test_the_followed_members_are_those_of_the_window_before(healthy: Build) -> None:
    rows = healthy.query(
        """
        select target_id, worst_member from photo_upload__target_status
        where worst_member is not null and basis = 'growth' order by 1
        """
    )
    assert rows == [
        ("7.1.1-1.T2", "initiated"),
        ("7.1.1-2.T2", "processing"),
        ("7.1.1-3.T2", "media_unreadable"),
    ]
    [(start,)] = healthy.query(
        "select window_start from photo_upload__target_status where target_id = '7.1.1-2.T2'"
    )
    assert start == date(2026, 3, 1)
