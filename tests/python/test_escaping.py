"""Text that reaches SQL stays text: the names of people, experiments and variants."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from scripts.experiments.queries import runner
from scripts.experiments.readouts import readout_query
from scripts.manifest import PROJECT
from tests.python.builds import render, run_dbt

NASTY = (
    "O'Brien",
    "x' || (select count(*) from information_schema.tables) || '",
    "zzz' or '1'='1",
    "[red]x[/nope]",
    "[growth] team",
    "a\\",
    'a"b`c',
    "--",
    "{{ 1 + 1 }}",
)


def test_a_text_is_the_literal_that_reads_as_it(tmp_path: Path) -> None:
    query = "{% for text in builtins.var('texts') %}select {{ sql_text(text) }};{% endfor %}"
    rendered = render(tmp_path, query, variables={"texts": NASTY})
    with duckdb.connect() as connection:
        read = [
            connection.execute(statement).fetchall()[0][0]
            for statement in duckdb.extract_statements(rendered)
        ]
    assert read == list(NASTY)


def test_spark_takes_a_backslash_for_an_escape(tmp_path: Path) -> None:
    query = "{{ tojson(spark__sql_text(builtins.var('text'))) }}"
    rendered = render(tmp_path, query, variables={"text": "a\\'b"})
    assert json.loads(rendered) == r"'a\\\'b'"


def test_no_macro_puts_text_between_quotes_itself() -> None:
    # A day, and nothing but a day, is what these macros make or settings are checked to be.
    is_day = re.compile(r"cast\('\{\{ .* \}\}' as (date|timestamp|\{\{)")
    wrong = [
        f"{path.relative_to(PROJECT)}: {line.strip()}"
        for folder in ("macros", "models", "tests")
        for path in (PROJECT / folder).rglob("*.sql")
        # What stands there are names of events and fields, which are names of files and columns.
        if "macros/staging" not in path.as_posix()
        for line in path.read_text(encoding="utf-8").splitlines()
        if "'{{" in line and not is_day.search(line) and "'|' * " not in line
    ]
    assert wrong == []


@pytest.mark.parametrize("owner", NASTY)
def test_an_owner_is_told_as_it_is_written(tmp_path: Path, owner: str) -> None:
    query = "{{ target_row(scenario_targets('ride_sharing') | first, 'metric_values') }}"
    overrides = {"target_overrides": {"1.1.2-1.T1": {"owner": owner}}}
    rendered = render(tmp_path, query, variables=overrides)
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table metric_values (
                metric_id text, statistic text, period_grain text, dimension text, member text,
                period_start date, numerator double, denominator double, value double,
                is_complete boolean
            )
            """
        )
        rows = connection.execute(f"select target_id, owner from ({rendered}) as t").fetchall()
    assert rows == [("1.1.2-1.T1", owner)]


def test_an_experiment_that_is_not_in_the_log_assigns_nobody(tmp_path: Path) -> None:
    models = ("run", "-s", "dim_cloud_storage__users")
    assigned = "select count(*) from dim_cloud_storage__users where variant is not null"
    made = ("build", "-s", "+dim_cloud_storage__users", "--exclude-resource-type", "test")
    known = run_dbt(tmp_path, *made, "--exclude-resource-type", "unit_test")
    assert known.exit_code == 0, known.output
    assert known.query(assigned) > [(200,)]
    injected = {"quick_access_experiment": {"id": "zzz' or '1'='1"}}
    build = run_dbt(tmp_path, *models, variables=injected)
    assert build.exit_code == 0, build.output
    assert build.query(assigned) == [(0,)]


def test_variants_and_units_with_quotes_are_compared() -> None:
    control, treatment = "o'control", "[b]treat'ment\\"
    declaration = {
        "id": "it's",
        "shares": {control: 1, treatment: 1},
        "control": control,
        "unit": "driver's",
        "metrics": {
            "user's searches": {
                "label": "manual 'searches'",
                "role": "primary",
                "kind": "mean",
                "numerator": "searches",
                "good_direction": "down",
            }
        },
    }
    drawn = np.random.default_rng(7).normal(10, 1, 400)
    units = pd.DataFrame(
        {
            "variant": [control, treatment] * 200,
            "platform": ["ios"] * 400,
            "searches": drawn - np.tile([0, 2], 200),
        }
    )
    rows = runner({"readout": readout_query(declaration)})("readout", units=units)
    found = {row["variant"]: row for row in rows}
    assert set(found) == {control, treatment}
    assert found[treatment]["metric"] == "user's searches"
    assert found[treatment]["units"] == 200
    assert found[treatment]["decision"].startswith("Ship: manual 'searches' fell by ")
