"""Thresholds can be changed without editing the project, and wrong changes are refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.python.builds import Build, run_dbt


def test_a_wrong_override_names_the_target_the_setting_and_the_rule(tmp_path: Path) -> None:
    overrides = {
        "1.1.2-1.T9": {"threshold": 1},
        "1.1.2-1.T1": {"threshold": "high"},
        "1.1.2-1.T2": {"colour": "red"},
        "1.1.2-1.T3": {"severity": "loud"},
    }
    build = run_dbt(tmp_path, "build", variables={"target_overrides": overrides})
    assert build.exit_code != 0
    assert "1.1.2-1.T9 is not a known target; known are 1.1.2-1.T1" in build.output
    assert '1.1.2-1.T1: threshold is "high", expected a number' in build.output
    assert "1.1.2-1.T2: colour cannot be set" in build.output
    assert '1.1.2-1.T3: severity is "loud", expected error or warn' in build.output
    assert build.query("select count(*) from information_schema.tables") == [(0,)]


def test_overrides_change_threshold_severity_and_maturity(healthy: Build, tmp_path: Path) -> None:
    shutil.copy(healthy.database, tmp_path / "gsmt.duckdb")
    overrides = {
        "1.1.2-1.T1": {"threshold": 0.9, "severity": "warn", "launched_on": "2026-03-02"},
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
    )
    rows = build.query(
        """
        select target_id, status, severity, owner, threshold_source, window_end::varchar
        from target_status
        """
    )
    found = {row[0]: row[1:] for row in rows}
    assert found["1.1.2-1.T1"][:2] == ("missed", "warn")
    assert found["1.1.2-1.T1"][3:] == ("overridden", "2026-09-01")
    assert found["1.1.2-1.T2"][:2] == ("missed", "error")
    assert found["1.1.2-1.T3"][0] == "not_yet_mature"
    assert found["1.1.2-2.T1"][2] == "someone else"
    outcomes = build.outcomes()
    assert outcomes["carpool_reaches_its_share_of_rides_within_six_months_of_launch"] == "warn"
    assert outcomes["enough_carpool_requests_are_matched"] == "fail"
    assert outcomes["carpool_daily_riders_grow_quarter_over_quarter"] == "pass"
