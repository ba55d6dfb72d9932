"""The experiment macros on a published A/B test of a mobile game, Cookie Cats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from scipy import stats

from scripts.manifest import PROJECT
from tests.python.builds import render

PLAYERS = PROJECT.parent / "shared/data/cookie_cats.csv.gz"

pytestmark = pytest.mark.skipif(
    not PLAYERS.exists(), reason=f"the published players, {PLAYERS}, are not beside this checkout"
)

UNITS = """
with units as (
    select
        userid as unit_id,
        version as variant,
        cast(retention_1 as integer) as retention_1,
        cast(retention_7 as integer) as retention_7
    from players
),
"""
RETENTION = """
statistics as (
    {{ sufficient_statistics('units', {
        'retention_1': {'numerator': 'retention_1'},
        'retention_7': {'numerator': 'retention_7'},
    }) }}
)
select metric, treatment_units, control_units, treatment_value, control_value, p_value
from ({{ proportion_difference('statistics', 'gate_40', 'gate_30') }})
order by metric
"""
MISMATCH = """
mismatch as ({{ sample_ratio_mismatch('units', {'gate_30': 0.5, 'gate_40': 0.5}) }})
select p_value, is_mismatch from mismatch
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[list[tuple[Any, ...]]]:
    """The rows of both readouts: retention and sample ratio."""
    folder: Path = tmp_path_factory.mktemp("cookie_cats")
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"create table players as from read_csv('{PLAYERS}')")
        for query in (RETENTION, MISMATCH):
            found.append(connection.execute(render(folder, UNITS + query)).fetchall())
    return found


def test_retention_of_both_variants_is_the_published_one(
    answers: list[list[tuple[Any, ...]]],
) -> None:
    day_1, day_7 = answers[0]
    assert day_1[:3] == ("retention_1", 45_489, 44_700)
    assert [round(100 * value, 2) for value in day_1[3:5]] == [44.23, 44.82]
    assert [round(100 * value, 2) for value in day_7[3:5]] == [18.2, 19.02]


def test_p_values_are_those_of_the_two_proportion_test(
    answers: list[list[tuple[Any, ...]]],
) -> None:
    for _, treatment, control, treatment_value, control_value, p_value in answers[0]:
        kept = [round(treatment * treatment_value), round(control * control_value)]
        table = [kept, [treatment - kept[0], control - kept[1]]]
        oracle = stats.chi2_contingency(table, correction=False).pvalue
        assert p_value == pytest.approx(oracle, rel=1e-6)


def test_the_sample_ratio_is_suspicious_but_no_mismatch_at_one_in_a_thousand(
    answers: list[list[tuple[Any, ...]]],
) -> None:
    [(p_value, is_mismatch)] = answers[1]
    assert p_value == pytest.approx(stats.chisquare([44_700, 45_489]).pvalue, rel=1e-6)
    assert not is_mismatch
