"""The recipe of a published A/B test of a mobile game, Cookie Cats, as it is documented."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scipy import stats

from scripts.manifest import PROJECT
from tests.python.builds import run_dbt

PLAYERS = PROJECT.parent / "shared/data/cookie_cats.csv.gz"
RECIPE = PROJECT / "docs/recipes/cookie_cats.sql"

pytestmark = pytest.mark.skipif(
    not PLAYERS.exists(), reason=f"the published players, {PLAYERS}, are not beside this checkout"
)

Readout = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def readout(tmp_path_factory: pytest.TempPathFactory) -> Readout:
    """The rows that the recipe shows, by metric and variant."""
    shown = run_dbt(
        tmp_path_factory.mktemp("cookie_cats"),
        *("--quiet", "show", "--target", "memory", "--limit", "-1", "--output", "json"),
        *("--inline", RECIPE.read_text(encoding="utf-8")),
        variables={"experiment_file": str(PLAYERS)},
    )
    assert shown.exit_code == 0, shown.output
    return {(row["metric"], row["variant"]): row for row in json.loads(shown.output)["show"]}


def test_retention_of_both_variants_is_the_published_one(readout: Readout) -> None:
    found = {key: (row["units"], round(100 * row["estimate"], 2)) for key, row in readout.items()}
    assert found == {
        ("retention_1", "gate_30"): (44_700, 44.82),
        ("retention_1", "gate_40"): (45_489, 44.23),
        ("retention_7", "gate_30"): (44_700, 19.02),
        ("retention_7", "gate_40"): (45_489, 18.2),
    }


@pytest.mark.parametrize("metric", ["retention_1", "retention_7"])
def test_p_values_are_those_of_the_two_proportion_test(readout: Readout, metric: str) -> None:
    table = []
    for variant in ("gate_40", "gate_30"):
        row = readout[metric, variant]
        kept = round(row["units"] * row["estimate"])
        table.append([kept, row["units"] - kept])
    oracle = stats.chi2_contingency(table, correction=False).pvalue
    assert readout[metric, "gate_40"]["p_value"] == pytest.approx(oracle, rel=1e-6)


def test_the_sample_ratio_is_suspicious_but_no_mismatch_at_one_in_a_thousand(
    readout: Readout,
) -> None:
    p_value = stats.chisquare([44_700, 45_489]).pvalue
    assert round(p_value, 4) == 0.0086
    for row in readout.values():
        assert row["sample_ratio_p_value"] == pytest.approx(p_value, rel=1e-6)
        assert row["sample_ratio_verdict"] == "no mismatch at 0.001"


def test_the_later_gate_is_not_shipped(readout: Readout) -> None:
    day_1, day_7 = (readout[metric, "gate_40"] for metric in ("retention_1", "retention_7"))
    assert day_1["metric_verdict"] == "no difference shown (95 % interval -2.7 to 0.1 %)"
    fall = "fell by 4.3 % (95 % interval 1.7 to 6.9 %)"
    assert day_7["metric_verdict"] == fall + ", beyond chance: worse"
    decision = f"Do not ship: retention after 7 days {fall}."
    assert {row["decision"] for row in readout.values()} == {decision}
