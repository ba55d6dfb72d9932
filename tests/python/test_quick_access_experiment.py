"""The readout of the Quick Access experiment, where it may be read and where it may not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.python.builds import Build, make_world, planted, run_dbt

READOUT = "cloud_storage__experiment_readout"
LIFT_TARGETS = ["4.1.1-2.T1", "4.1.1-2.T2"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A world in which the treatment crashes on two platforms before its exposure is logged."""
    folder = tmp_path_factory.mktemp("broken_assignment")
    make_world(folder / "world", "--world", "broken_assignment", scenario="cloud_storage")
    arguments = ("build", "--select", "cloud_storage", "--exclude-resource-type", "unit_test")
    return run_dbt(folder, *arguments, variables={"raw_path": str(folder / "world")})


def decisions(build: Build) -> set[str]:
    return {decision for (decision,) in build.query(f"select distinct decision from {READOUT}")}


def comparison(build: Build, metric: str) -> dict[str, Any]:
    """The row of the treatment, by column."""
    with build.connect() as connection:
        found = connection.execute(
            f"select * from {READOUT} where metric = '{metric}' and variant <> 'control'"
        )
        columns = [column[0] for column in found.description or []]
        [row] = found.fetchall()
    return dict(zip(columns, row, strict=True))


def test_the_healthy_experiment_ships_in_words(healthy: Build) -> None:
    [decision] = decisions(healthy)
    assert decision.startswith("Ship: manual searches per user fell by ")
    assert "time to open a commonly used file fell by " in decision
    assert decision.endswith("no guardrail is worse by more than its margin.")


def test_the_planted_lifts_lie_in_the_readouts_intervals(healthy: Build) -> None:
    truth = planted("cloud_storage")["truth"]
    for metric, name in (
        ("manual_searches_per_user", "manual_searches_per_user.lift"),
        ("navigation_actions_per_user", "navigation_actions_per_user.lift"),
        ("files_opened_per_user", "file_opens_per_user_day.lift"),
    ):
        found = comparison(healthy, metric)
        assert found["lift_low"] <= truth[name]["value"] <= found["lift_high"], metric


def test_the_targets_are_judged_by_the_readout(healthy: Build) -> None:
    for target, metric in zip(
        LIFT_TARGETS, ("manual_searches_per_user", "time_to_file_open"), strict=True
    ):
        [judged] = healthy.query(
            f"""
            select observed, interval_low, interval_high, p_value, status from target_status
            where target_id = '{target}'
            """
        )
        read = comparison(healthy, metric)
        assert judged == (
            read["lift"],
            read["lift_low"],
            read["lift_high"],
            read["p_value"],
            "met",
        )


def test_users_of_two_variants_are_in_no_row_and_counted(healthy: Build) -> None:
    read = comparison(healthy, "manual_searches_per_user")
    [(exposed,)] = healthy.query(
        """
        select count(*) from dim_cloud_storage__users
        inner join dim_cloud_storage__dates on date_day = cast(exposed_at as date)
        where is_complete_day
        """
    )
    [(units,)] = healthy.query(
        f"select sum(units) from {READOUT} where metric = 'manual_searches_per_user'"
    )
    assert read["units_in_several_variants"] > 0
    assert units + read["units_in_several_variants"] == exposed


def test_a_harmful_treatment_does_not_ship(degraded: Build) -> None:
    [decision] = decisions(degraded)
    assert decision.startswith("Do not ship: ")
    verdicts = {
        metric: comparison(degraded, metric)["guardrail_verdict"]
        for metric in ("files_opened_per_user", "sessions_per_user")
    }
    assert all(verdict.startswith("not held: ") for verdict in verdicts.values()), verdicts


def test_a_broken_assignment_blocks_the_readout_and_says_where_it_broke(broken: Build) -> None:
    [decision] = decisions(broken)
    assert decision.startswith("Do not read: users did not fall into the variants as planned")
    assert "platform android" in decision
    found = comparison(broken, "manual_searches_per_user")
    assert found["units"] > 0
    assert found["estimate"] > 0
    blocked = ("difference", "lift", "lift_low", "lift_high", "p_value", "adjusted_p_value")
    assert [found[column] for column in blocked] == [None] * len(blocked)
    assert found["metric_verdict"] is None


def test_a_broken_assignment_fails_its_test_and_judges_no_target_of_the_comparison(
    broken: Build,
) -> None:
    failed = [name for name, outcome in broken.outcomes().items() if outcome in ("fail", "error")]
    assert failed == ["users_fell_into_the_quick_access_variants_as_planned"]
    statuses = dict(
        broken.query("select target_id, status from cloud_storage__target_status order by 1")
    )
    assert {target: statuses[target] for target in LIFT_TARGETS} == dict.fromkeys(
        LIFT_TARGETS, "no_data"
    )
