"""Targets at the end of each month: a degraded world never says met, a healthy one never missed.

The built worlds are judged on the periods that were complete by then. That cannot see what a build
of that day would have had in another form: late rows, the readout of an experiment that went on,
and outcomes of users that came later. `python -m scripts.unseen_seeds ROOM --every-month` builds
worlds from what had been received; here it does so once, where a launch is not two quarters old.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import duckdb
import pytest

from scripts.manifest import PROJECT
from scripts.unseen_seeds import Verdict, Wanted, broken_seeds, month_ends
from scripts.worlds.registry import SCENARIOS
from tests.python.builds import Build, render

# Adoption has 14 days after the week of a cohort.
PERIOD_END = """
case period_grain
    when 'day' then period_start
    when 'week' then period_start + 6
    when 'month' then last_day(period_start)
    when 'cohort' then period_start + 6 + 14
end
"""


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The query of target status over a relation `metric_values`, by scenario."""
    calls = (f"{{{{ target_status('{scenario}', 'metric_values') }}}}" for scenario in SCENARIOS)
    # A raw_path that nothing is read from: the launch is found, as in any world of files.
    rates = {name: one.sampling_rate for name, one in SCENARIOS.items() if one.sampling_rate}
    variables = {"raw_path": "nowhere", "sampling_rates": rates}
    rendered = render(tmp_path_factory.mktemp("rendered"), ";".join(calls), variables=variables)
    return dict(zip(SCENARIOS, rendered.split(";"), strict=True))


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("wanted", Wanted)
def test_no_month_end_says_the_opposite_of_the_end(
    request: pytest.FixtureRequest, queries: dict[str, str], scenario: str, wanted: Wanted
) -> None:
    build: Build = request.getfixturevalue(wanted.name)
    verdicts = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{build.database}' as gsmt (read_only)")
        connection.execute("use gsmt")
        for cut in month_ends(SCENARIOS[scenario].defaults.days):
            connection.execute(
                f"""
                create or replace temp view metric_values as
                select * replace (is_complete and {PERIOD_END} < date '{cut}' - 1 as is_complete)
                from {scenario}__metric_values
                where period_start < date '{cut}'
                """
            )
            verdicts += [
                Verdict(0, cut, *row)
                for row in connection.execute(
                    f"select target_id, status, observed from ({queries[scenario]})"
                ).fetchall()
            ]
    assert broken_seeds(verdicts, wanted) == {}
    assert {verdict.status for verdict in verdicts} >= {wanted.value, "not_yet_mature"}


def test_a_launch_that_is_not_two_quarters_old_has_not_grown() -> None:
    command = [sys.executable, "-m", "scripts.unseen_seeds", "ride_sharing", "--world", "degraded"]
    command += ["--seeds", "1", "--first-seed", "20", "--cut", "2026-07-07"]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    [growth] = [line.split() for line in finished.stdout.splitlines() if "1.1.2-1.T3" in line]
    assert growth == ["1.1.2-1.T3", "0", "0", "1", "0"]


def test_a_world_breaks_the_bar_by_one_target_and_at_a_cut_only_by_the_opposite() -> None:
    cut = date(2026, 3, 2)
    verdicts = [
        Verdict(1, None, "a", "met", 1.0),
        Verdict(2, None, "a", "no_data", None),
        Verdict(3, cut, "a", "not_yet_mature", None),
        Verdict(3, cut, "b", "missed", 0.25),
        Verdict(4, None, "a", "missed", 0.5),
        Verdict(4, None, "b", "met", 0.75),
    ]
    assert broken_seeds(verdicts, Wanted.healthy) == {
        2: ["a no_data"],
        3: ["b missed at 0.25 before 2026-03-02"],
        4: ["a missed at 0.5"],
    }
    assert set(broken_seeds(verdicts, Wanted.degraded)) == {1, 2, 4}
