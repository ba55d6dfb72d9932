"""The recipes of the published food deliveries: three answers to how much longer batching takes."""

from __future__ import annotations

import importlib.util
import json
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts.manifest import PROJECT
from tests.python.builds import run_dbt

DELIVERIES = PROJECT.parent / "shared/data/food_deliveries.csv.gz"
RECIPES = PROJECT / "docs/recipes"

pytestmark = pytest.mark.skipif(
    not DELIVERIES.exists(),
    reason=f"the published deliveries, {DELIVERIES}, are not beside this checkout",
)


@pytest.fixture(scope="module")
def estimates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The rows that the recipe in SQL shows, by estimate."""
    shown = run_dbt(
        tmp_path_factory.mktemp("food_deliveries"),
        *("--quiet", "show", "--target", "memory", "--limit", "-1", "--output", "json"),
        *("--inline", (RECIPES / "food_deliveries.sql").read_text(encoding="utf-8")),
        variables={"deliveries_file": str(DELIVERIES)},
    )
    assert shown.exit_code == 0, shown.output
    return {row["estimate"]: row for row in json.loads(shown.output)["show"]}


def test_the_raw_difference_is_the_published_one(estimates: dict[str, dict[str, Any]]) -> None:
    raw = estimates["raw"]
    assert (raw["treated_units"], raw["comparison_units"], raw["strata"]) == (30_274, 13_588, 1)
    assert round(raw["difference"], 2) == 4.97
    assert raw["overlap"] == 1


def test_in_strata_the_difference_is_the_published_one(
    estimates: dict[str, dict[str, Any]],
) -> None:
    strata = estimates["strata"]
    assert round(strata["difference"], 2) == 3.89
    assert strata["strata"] == 68
    assert round(strata["overlap"], 4) == 0.9995
    # Alike in traffic, distance and hour they differ less than they do in all.
    assert strata["interval_high"] < estimates["raw"]["interval_low"]


def test_by_regression_the_difference_is_the_published_one(
    estimates: dict[str, dict[str, Any]],
) -> None:
    """The Python model, run as dbt-duckdb runs it: `ref` gives a relation, the session DuckDB."""
    spec = importlib.util.spec_from_file_location(
        "recipe", RECIPES / "food_deliveries_regression.py"
    )
    assert spec is not None
    assert spec.loader is not None
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)

    class Dbt:
        def config(self, **settings: Any) -> None:
            assert settings["materialized"] == "table"

        def ref(self, name: str) -> duckdb.DuckDBPyRelation:
            assert name == "food_deliveries"
            return session.read_csv(str(DELIVERIES))

    with duckdb.connect() as session:
        found: pd.DataFrame = recipe.model(Dbt(), session)
    (row,) = found.to_dict("records")
    assert row["treated_units"] == 30_274
    assert round(row["difference"], 2) == 2.31
    assert row["interval_high"] < estimates["strata"]["interval_low"]
