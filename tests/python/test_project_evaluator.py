"""What dbt's project evaluator asks of keys, freshness, access and coverage, of every scenario."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.manifest import PROJECT, Manifest
from tests.python.builds import Build, run_dbt

PAGE = PROJECT / "docs" / "evaluator.md"
# Tests of the project's own that look at keys, beside dbt's `unique` with a not null constraint.
KEY_TESTS = {
    "unique_combination",
    "metric_is_consistent",
    "every_raw_row_is_staged_or_quarantined",
}
# The page says why each needs none.
WITHOUT_A_KEY_TEST = (
    "metric_values",
    "<scenario>__metric_values",
    "<scenario>__missed_targets",
    "<scenario>__experiment_mismatches",
    "<scenario>__release_regressions",
    "<scenario>__adoption_pre_trends",
)
SCENARIOS = sorted(path.parent.name for path in PROJECT.glob("models/*/staging"))


@pytest.fixture(scope="module")
def manifest(healthy: Build) -> Manifest:
    return healthy.manifest()


@pytest.fixture(scope="module")
def tests_of(manifest: Manifest) -> dict[str, list[dict[str, Any]]]:
    """The generic tests of each model, by its name."""
    found: dict[str, list[dict[str, Any]]] = {node["name"]: [] for node in manifest.models()}
    for node in manifest.nodes.values():
        kind, _, name = (node.get("attached_node") or "..").split(".")
        if node["resource_type"] == "test" and kind == "model":
            found[name].append(node)
    return found


def looks_at_the_key(node: dict[str, Any], test: dict[str, Any]) -> bool:
    metadata = test["test_metadata"]
    if metadata["name"] != "unique":
        return metadata["name"] in KEY_TESTS
    constraints = node["columns"][metadata["kwargs"]["column_name"]]["constraints"]
    return any(constraint["type"] == "not_null" for constraint in constraints)


def has_a_reason(name: str) -> bool:
    return any(fnmatch(name, one.replace("<scenario>", "*")) for one in WITHOUT_A_KEY_TEST)


def test_every_model_has_a_test_of_its_key_or_a_reason(
    manifest: Manifest, tests_of: dict[str, list[dict[str, Any]]]
) -> None:
    without = [
        node["name"]
        for node in manifest.models()
        if not any(looks_at_the_key(node, test) for test in tests_of[node["name"]])
    ]
    assert [name for name in without if not has_a_reason(name)] == []
    # A reason that no model needs any longer is not one.
    unused = [
        one
        for one in WITHOUT_A_KEY_TEST
        if not any(fnmatch(name, one.replace("<scenario>", "*")) for name in without)
    ]
    assert unused == []


def test_the_page_has_a_reason_for_every_model_without_a_test_of_its_key() -> None:
    _, _, section = PAGE.read_text(encoding="utf-8").partition("## Models without a test")
    rows = re.findall(r"(?m)^\| (`.+`) \| (.+) \|$", section.partition("\n## ")[0])
    named = [name for cell, _ in rows for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(named) == sorted(WITHOUT_A_KEY_TEST)


def test_every_model_has_a_test_or_a_reason(
    manifest: Manifest, tests_of: dict[str, list[dict[str, Any]]]
) -> None:
    untested = [name for name, tests in tests_of.items() if not tests]
    assert [name for name in untested if not has_a_reason(name)] == []


def test_the_test_of_a_key_finds_a_row_that_repeats(healthy: Build, tmp_path: Path) -> None:
    database = tmp_path / "keys.duckdb"
    status = "messenger__target_status"
    test = "a_target_of_messenger_has_one_status"
    sql = next(
        node
        for node in healthy.manifest().nodes.values()
        if node["resource_type"] == "test" and node["name"] == test
    )
    compiled = healthy.target / "compiled" / "gsmt" / sql["original_file_path"] / sql["path"]
    query = compiled.read_text(encoding="utf-8").replace('"gsmt".', "")
    with healthy.connect() as connection:
        statuses = connection.execute(f"from {status}").to_arrow_table()
    with duckdb.connect(str(database)) as connection:
        connection.register("statuses", statuses)
        connection.execute(f"create table {status} as from statuses")
        assert connection.execute(query).fetchall() == []
        connection.execute(f"insert into {status} from {status} limit 1")
        assert len(connection.execute(query).fetchall()) == 1


def test_every_source_says_how_old_its_rows_may_be(healthy: Build) -> None:
    content = json.loads((healthy.target / "manifest.json").read_text(encoding="utf-8"))
    sources = content["sources"].values()
    assert {source["source_name"] for source in sources} == set(SCENARIOS)
    for source in sources:
        assert "received_at" in source["loaded_at_field"], source["name"]
        ages = source["freshness"]
        assert ages["warn_after"]["count"] and ages["error_after"]["count"], source["name"]


def test_a_source_is_fresh_or_stale_by_when_its_newest_row_came(tmp_path: Path) -> None:
    # The newest row counts, be its time text or not, and a text that is no time does not.
    now = datetime.now(UTC).replace(tzinfo=None)
    received = {
        "message_sent": [now - timedelta(hours=1), now - timedelta(days=90)],
        "message_received": [str(now - timedelta(days=2)), "yesterday", None],
        "app_session_start": [f"{now - timedelta(days=4):%Y-%m-%dT%H:%M:%SZ}", ""],
    }
    with duckdb.connect(str(tmp_path / "gsmt.duckdb")) as connection:
        connection.execute("create schema my_events")
        for event, times in received.items():
            query = f"create table my_events.{event} as select unnest($times) as received_at"
            connection.execute(query, {"times": times})
    selected = " ".join(f"source:messenger.{event}" for event in received)
    arguments = ("source", "freshness", "--select", selected)
    variables = {"raw_schema": "my_events"}
    build = run_dbt(tmp_path, *arguments, variables=variables, scenario="messenger")
    results = json.loads((build.target / "sources.json").read_text(encoding="utf-8"))["results"]
    assert {row["unique_id"].split(".")[-1]: row["status"] for row in results} == {
        "message_sent": "pass",
        "message_received": "warn",
        "app_session_start": "error",
    }


def test_marts_and_catalog_are_public_and_nothing_else(manifest: Manifest) -> None:
    for node in manifest.models():
        folders = Path(node["original_file_path"]).parts
        is_record = node["name"] in ("raw_days", "complete_builds")
        is_public = folders[2] == "marts" or (folders[1] == "catalog" and not is_record)
        assert node["access"] == ("public" if is_public else "protected"), node["name"]


def test_a_public_model_has_a_contract(manifest: Manifest) -> None:
    public = [node for node in manifest.models() if node["access"] == "public"]
    assert {node["fqn"][1] for node in public} == {*SCENARIOS, "catalog"}
    assert [node["name"] for node in public if not node["config"]["contract"]["enforced"]] == []


def test_exposures_read_public_models_only(manifest: Manifest) -> None:
    for exposure in manifest.exposures.values():
        read = [manifest.nodes[name] for name in exposure["depends_on"]["nodes"]]
        assert read, exposure["name"]
        assert {node["access"] for node in read} == {"public"}, exposure["name"]
