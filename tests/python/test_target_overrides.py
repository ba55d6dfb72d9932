"""Thresholds can be changed without editing the project, and wrong changes are refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from tests.python.builds import Build, run_dbt


def test_overrides_change_threshold_severity_and_maturity(healthy: Build, tmp_path: Path) -> None:
    shutil.copy(healthy.database, tmp_path / "gsmt.duckdb")
    overrides = {
        "1.1.2-1.T1": {"threshold": 0.9, "severity": "warn", "launched_on": "2026-02-02"},
        "1.1.2-1.T2": {"threshold": 2},
        "1.1.2-1.T3": {"periods": 150},
        "1.1.2-2.T1": {"owner": "someone else"},
    }
    build = run_dbt(
        tmp_path,
        "build",
        "--select",
        "ride_sharing__target_status+",
        variables={"target_overrides": overrides},
        scenario="ride_sharing",
    )
    rows = build.query(
        """
        select target_id, status, severity, owner, threshold_source, window_end::varchar
        from target_status
        """
    )
    found = {row[0]: row[1:] for row in rows}
    assert found["1.1.2-1.T1"][:2] == ("missed", "warn")
    assert found["1.1.2-1.T1"][3:] == ("overridden", "2026-08-01")
    assert found["1.1.2-1.T2"][:2] == ("missed", "error")
    assert found["1.1.2-1.T3"][0] == "not_yet_mature"
    assert found["1.1.2-2.T1"][2] == "someone else"
    outcomes = build.outcomes()
    assert outcomes["carpool_reaches_its_share_of_rides_within_six_months_of_launch"] == "warn"
    assert outcomes["enough_carpool_requests_are_matched"] == "fail"
    assert outcomes["carpool_daily_riders_grow_quarter_over_quarter"] == "pass"


HIGH: dict[str, Any] = {
    "variables": {"target_overrides": {"1.1.2-3.T1": {"threshold": 4.99, "owner": "someone else"}}},
    "scenario": "ride_sharing",
}
RIDERS = "carpool_riders_rate_their_drivers_well"


def test_a_test_judges_its_mart_where_nothing_else_is_built(tmp_path: Path) -> None:
    kinds = ("--resource-type", "seed", "--resource-type", "model")
    made = ("--select", "+mart_carpool_rider_csat", *kinds)
    assert run_dbt(tmp_path, "build", *made, **HIGH).exit_code == 0
    build = run_dbt(tmp_path, "test", "--select", "mart_carpool_rider_csat", **HIGH)
    assert build.outcomes()[RIDERS] == "fail"
    [line] = [line for line in build.output.splitlines() if "1.1.2-3.T1" in line]
    [(observed, first, last)] = build.query(
        """
        select sum(numerator) / sum(denominator), min(period_start), max(period_start)
        from (
            from mart_carpool_rider_csat
            where period_grain = 'day' and dimension = 'all' and is_complete
            order by period_start desc limit 28
        )
        """
    )
    assert line.endswith(
        f"1.1.2-3.T1 is missed: carpool_rider_csat, observed {observed:.4g}, asked >= 4.99, "
        f"from {first} to {last}, severity error, owner someone else"
    )


def test_a_test_does_not_believe_an_older_status_and_says_that_it_is_old(
    healthy: Build, tmp_path: Path
) -> None:
    shutil.copy(healthy.database, tmp_path / "gsmt.duckdb")
    build = run_dbt(tmp_path, "build", "--select", "mart_carpool_rider_csat", **HIGH)
    assert build.outcomes()[RIDERS] == "fail"
    assert "ride_sharing__target_status is older than what was tested: " in build.output
    assert "there, 1.1.2-3.T1 is met: " in build.output
    with duckdb.connect(str(build.database)) as connection:
        connection.execute("delete from ride_sharing__target_status")
    test = run_dbt(tmp_path, "test", "--select", "mart_carpool_rider_csat", **HIGH)
    assert test.outcomes()[RIDERS] == "fail"
    assert "there, 1.1.2-3.T1 has no row" in test.output


def test_a_target_is_not_judged_on_a_readout_that_is_older_than_its_facts(
    healthy: Build, tmp_path: Path
) -> None:
    shutil.copy(healthy.database, tmp_path / "gsmt.duckdb")
    selected = ("--select", "mart_manual_searches_per_user", "fct_cloud_storage__experiment_users")
    build = run_dbt(tmp_path, "build", *selected, "--exclude-resource-type", "unit_test")
    assert build.outcomes()["quick_access_saves_manual_searches"] == "error"
    assert (
        "target 4.1.1-2.T1 cannot be judged: this run renews what cloud_storage__experiment_readout"
        " is made of, and not cloud_storage__experiment_readout: select that, too"
    ) in " ".join(build.output.split())
