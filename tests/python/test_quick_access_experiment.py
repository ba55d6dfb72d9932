"""The readout of the Quick Access experiment, where it may be read and where it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.python.builds import Build, make_world, planted, render, run_dbt

READOUT = "cloud_storage__experiment_readout"
LIFT_TARGETS = ["4.1.1-2.T1", "4.1.1-2.T2"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A world in which the treatment crashes on two platforms before its exposure is logged."""
    folder = tmp_path_factory.mktemp("broken_assignment")
    make_world(folder / "world", "--world", "broken_assignment", scenario="cloud_storage")
    arguments = ("build", "--select", "cloud_storage", "--exclude-resource-type", "unit_test")
    variables = {"raw_path": str(folder / "world")}
    return run_dbt(folder, *arguments, variables=variables, scenario="cloud_storage")


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
            read["adjusted_p_value"],
            "met",
        )


# A primary metric: lift, its own interval, Holm's p-value, its verdict, and whether it is final.
ReadoutRow = tuple[str, float, float, float, float | None, bool, bool]


def judge(folder: Path, rows: list[ReadoutRow]) -> dict[str, tuple[float | None, str]]:
    """The p-value and status of each target on a lift, by its id, given the treatment's rows."""
    query = (
        f"-- depends_on: {{{{ ref('{READOUT}') }}}}\n"
        "{{ target_status('cloud_storage', 'metric_values') }}"
    )
    rendered = render(folder, query)
    with duckdb.connect(str(folder / "gsmt.duckdb")) as connection:
        connection.execute(
            f"""
            create table {READOUT} (
                metric text, lift double, lift_low double, lift_high double,
                adjusted_p_value double, is_better_beyond_chance boolean, is_final boolean,
                variant text default 'treatment_quick_access', estimate double, difference double,
                started_on date, observed_until date, days_observed bigint
            );
            create table metric_values (
                metric_id text, period_start date, dimension text, member text, statistic text,
                numerator double, denominator double, value double, is_complete boolean,
                period_grain text
            )
            """
        )
        connection.executemany(
            f"""
            insert into {READOUT} by position
            values (?, ?, ?, ?, ?, ?, ?, default, 1, 1, null, null, 1)
            """,
            rows,
        )
        connection.execute(
            f"insert into {READOUT} (metric, variant) select metric, 'control' from {READOUT}"
        )
        connection.execute(f"insert into metric_values (metric_id) select metric from {READOUT}")
        found = connection.execute(
            f"select target_id, p_value, status from ({rendered}) where basis = 'lift'"
        ).fetchall()
    return {target: (p_value, status) for target, p_value, status in found}


def test_a_target_is_met_only_if_the_readout_calls_its_metric_better_beyond_chance(
    tmp_path: Path,
) -> None:
    # The interval of searches lies below zero, but of two primary metrics one must seem to.
    rows: list[ReadoutRow] = [
        ("manual_searches_per_user", -0.2, -0.36, -0.01, 0.06, False, True),
        ("time_to_file_open", -0.05, -0.08, -0.02, 0.02, True, True),
    ]
    statuses = judge(tmp_path, rows)
    assert [statuses[target] for target in LIFT_TARGETS] == [(0.06, "missed"), (0.02, "met")]


def test_a_target_on_a_lift_is_not_mature_before_the_planned_days_are_over(tmp_path: Path) -> None:
    rows: list[ReadoutRow] = [
        ("manual_searches_per_user", -0.2, -0.36, -0.11, None, False, False),
        ("time_to_file_open", -0.05, -0.08, -0.02, None, False, False),
    ]
    statuses = judge(tmp_path, rows)
    assert [statuses[target] for target in LIFT_TARGETS] == [(None, "not_yet_mature")] * 2


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


def test_the_planned_size_can_hold_the_guardrails(healthy: Build) -> None:
    rows = healthy.query(
        f"""
        select detectable_lift, guardrail_verdict from {READOUT}
        where guardrail_verdict is not null
        """
    )
    assert len(rows) == 2
    for detectable_lift, verdict in rows:
        margin = float(verdict.split("margin ")[1].removesuffix(" %"))
        assert 100 * detectable_lift < margin, verdict


def test_the_effect_by_week_has_every_primary_metric(healthy: Build) -> None:
    weeks = healthy.query(
        f"""
        select metric, count(difference) from cloud_storage__experiment_effect_by_week
        where metric in (select metric from {READOUT} where role = 'primary')
        group by metric order by metric
        """
    )
    assert weeks == [("manual_searches_per_user", 4), ("time_to_file_open", 4)]


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
