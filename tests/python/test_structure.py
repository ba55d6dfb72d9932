"""The shape of the project, read from its manifest: what every scenario must have, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.manifest import PROJECT, Manifest
from tests.python.builds import Build

CATALOG = PROJECT.parent / "shared/spec/catalog.yml"
TEXT = PROJECT.parent / "shared/spec/framework.md"
SCENARIOS = sorted(path.parent.name for path in (PROJECT / "models").glob("*/staging"))


@pytest.fixture(scope="module")
def manifest(healthy: Build) -> Manifest:
    return healthy.manifest()


def catalog_of(scenario: str) -> dict[str, Any]:
    """The scenario's entry in the specification, where that lies beside the project."""
    if not CATALOG.exists():
        pytest.skip(f"the specification, {CATALOG}, is not beside this checkout")
    scenarios = yaml.safe_load(CATALOG.read_text(encoding="utf-8"))["scenarios"]
    found: dict[str, Any] = next(entry for entry in scenarios if entry["slug"] == scenario)
    return found


def layer(node: dict[str, Any]) -> str:
    """The folder of a model below its scenario, or catalog."""
    parts = Path(node["original_file_path"]).parts
    return "catalog" if parts[1] == "catalog" else parts[2]


def parents(manifest: Manifest, node: dict[str, Any]) -> list[dict[str, Any]]:
    return [manifest.nodes[name] for name in node["depends_on"]["nodes"] if name in manifest.nodes]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_signal_metric_and_target_of_the_specification_is_there_and_no_other(
    manifest: Manifest, scenario: str
) -> None:
    areas = [area for question in catalog_of(scenario)["questions"] for area in question["areas"]]
    metrics = [metric for metric in manifest.metrics() if metric.scenario == scenario]
    signals = {signal.name for signal in manifest.signals() if signal.scenario == scenario}
    assert signals == {signal for area in areas for signal in area["signals"]}
    assert {(metric.name, metric.area) for metric in metrics} == {
        (metric, area["id"]) for area in areas for metric in area["metrics"]
    }
    targets = {target.id: target for metric in metrics for target in metric.targets}
    assert {(target.id, target.metric, target.basis) for target in targets.values()} == {
        (identity, rule["metric"], rule["basis"])
        for area in areas
        for identity, rule in area["targets"].items()
    }


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_target_has_the_rule_of_the_specification(healthy: Build, scenario: str) -> None:
    rules = {
        identity: rule
        for question in catalog_of(scenario)["questions"]
        for area in question["areas"]
        for identity, rule in area["targets"].items()
    }
    rows = healthy.query(
        f"""
        select
            target_id,
            operator,
            case when operator = 'between' then [threshold, upper_threshold] else [threshold] end,
            threshold_source,
            severity
        from {scenario}__target_status
        """
    )
    assert len(rows) == len(rules)
    for identity, operator, thresholds, source, severity in rows:
        rule = rules[identity]
        if rule["basis"] == "exists":
            # What is to exist is said in words; all of it is to.
            assert (operator, thresholds, source) == (">=", [1], "given"), identity
            continue
        assert operator == rule["op"], identity
        assert source == ("given" if "given" in rule else "assumed"), identity
        named = rule[source]
        assert thresholds == (named if isinstance(named, list) else [named]), identity
        assert severity == ("error" if source == "given" else "warn"), identity


def test_a_given_threshold_is_judged_on_the_texts_own_formula_and_an_assumed_one_on_the_sound(
    manifest: Manifest,
) -> None:
    broken = []
    for metric in manifest.metrics():
        traps = {facts.get("instead_of") for facts in metric.statistics.values()}
        for target in manifest.model(metric.model)["config"]["meta"]["gsmt"]["targets"]:
            is_value_or_named = target["statistic"] == "value" or "named_in_text" in target
            is_given = target["threshold_source"] == "given"
            if not (is_value_or_named if is_given else target["statistic"] not in traps):
                broken.append((target["id"], target["statistic"]))
    assert broken == []


def test_a_statistic_that_is_named_in_a_targets_text_is_named_there(manifest: Manifest) -> None:
    text = TEXT.read_text(encoding="utf-8") if TEXT.exists() else pytest.skip(f"no {TEXT}")
    named = {
        target["id"]: target["named_in_text"]
        for metric in manifest.metrics()
        for target in manifest.model(metric.model)["config"]["meta"]["gsmt"]["targets"]
        if "named_in_text" in target
    }
    assert named
    assert {identity: words for identity, words in named.items() if words not in text} == {}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_question_and_goal_of_the_specification_is_there(
    healthy: Build, scenario: str
) -> None:
    questions = catalog_of(scenario)["questions"]
    found = healthy.query(
        f"from catalog_questions select question_id where scenario = '{scenario}'"
    )
    assert sorted(found) == sorted((question["id"],) for question in questions)
    areas = {area["id"]: area["name"] for question in questions for area in question["areas"]}
    assert areas.items() <= dict(healthy.query("select area_id, area from catalog_goals")).items()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_an_area_names_the_signals_of_the_specification(manifest: Manifest, scenario: str) -> None:
    specified = {
        area["id"]: sorted(area["signals"])
        for question in catalog_of(scenario)["questions"]
        for area in question["areas"]
    }
    questions = [one for one in manifest.questions() if one.scenario == scenario]
    assert specified == {area["id"]: area["signals"] for one in questions for area in one.areas}


def test_a_signal_of_an_area_is_in_the_lineage_of_one_of_its_metrics(healthy: Build) -> None:
    upstream: dict[str, set[str]] = {}
    for area, signals in healthy.query("select area_id, upstream_signals from catalog_metrics"):
        upstream.setdefault(area, set()).update(signals.split(", "))
    areas = healthy.query("select area_id, signals from catalog_goals")
    assert areas
    for area, signals in areas:
        assert set(signals.split(", ")) <= upstream[area], area


def test_every_signal_is_in_an_area_of_its_scenario(manifest: Manifest) -> None:
    areas = {
        (question.scenario, area["id"])
        for question in manifest.questions()
        for area in question.areas
    }
    for signal in manifest.signals():
        assert signal.areas, signal.name
        assert {(signal.scenario, area) for area in signal.areas} <= areas, signal.name
    named = {(one.scenario, area) for one in manifest.signals() for area in one.areas}
    assert named == areas, "an area without a signal"


def test_the_calendar_of_a_scenario_brings_one_event_into_the_lineage(manifest: Manifest) -> None:
    for scenario in SCENARIOS:
        read = parents(manifest, manifest.model(f"dim_{scenario}__dates"))
        assert [layer(parent) for parent in read] == ["staging"], scenario


def test_a_question_depends_on_all_its_marts(manifest: Manifest) -> None:
    for question in manifest.questions():
        exposure = manifest.exposures[f"exposure.{manifest.project}.{question.exposure}"]
        assert {name.split(".")[2] for name in exposure["depends_on"]["nodes"]} == {
            metric.model for metric in manifest.metrics() if metric.question == question.id
        }


def test_every_mart_has_the_shared_columns_under_an_enforced_contract(manifest: Manifest) -> None:
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    shared = [(column["name"], column["data_type"]) for column in settings["vars"]["mart_columns"]]
    assert len(shared) == 9
    for metric in manifest.metrics():
        node = manifest.model(metric.model)
        assert node["config"]["contract"]["enforced"], metric.name
        found = [(column.name, column.data_type) for column in metric.columns]
        assert found == shared, metric.name
        assert metric.model == f"mart_{metric.name}"


def test_every_description_of_a_metric_has_formula_trap_trade_offs_and_slices(
    manifest: Manifest,
) -> None:
    for metric in manifest.metrics():
        paragraphs = metric.description.split("\n\n")
        starts = [paragraph.split(":")[0] for paragraph in paragraphs[1:]]
        assert starts == ["Formula", "Trap", "Trade-offs", "Slices"], metric.name


def test_the_description_of_a_metric_names_its_slices_and_no_others(manifest: Manifest) -> None:
    slices = {name for metric in manifest.metrics() for name in metric.slices}
    known = {name.replace("_", " "): name for name in slices}
    # The longest first: a failure step is no step.
    words_of_one = re.compile(rf"\b({'|'.join(sorted(known, key=len, reverse=True))})\b")
    for metric in manifest.metrics():
        words = " ".join(metric.description.split("\n\n")[-1].split())
        named = {known[found] for found in words_of_one.findall(words)}
        assert named == set(metric.slices), metric.name


def test_core_reads_reference_tables_and_no_raw_events(manifest: Manifest) -> None:
    for node in manifest.models():
        if layer(node) == "core":
            names = [parent["name"] for parent in parents(manifest, node)]
            assert [name for name in names if name.startswith("raw_")] == [], node["name"]


def test_a_staging_view_reads_its_own_raw_event_only(manifest: Manifest) -> None:
    for signal in manifest.signals():
        if signal.is_derived:
            continue
        read = [parent["name"] for parent in parents(manifest, manifest.model(signal.model))]
        assert read == [f"raw_{signal.scenario}__{signal.name}"]


def test_rooms_share_nothing_but_the_catalog(manifest: Manifest) -> None:
    for node in manifest.models():
        room = node["fqn"][1]
        for parent in parents(manifest, node):
            assert room in ("catalog", parent["fqn"][1]), (node["name"], parent["name"])


def test_every_model_and_column_is_described_and_begins_with_its_grain(manifest: Manifest) -> None:
    for node in manifest.models():
        assert node["description"].startswith("One row per"), node["name"]
        assert node["columns"], node["name"]
        for column in node["columns"].values():
            assert column["description"].strip(), (node["name"], column["name"])


def test_the_described_columns_are_the_columns_of_the_table(healthy: Build) -> None:
    built: dict[str, list[str]] = {}
    for table, column in healthy.query(
        """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'main'
        order by column_index
        """
    ):
        built.setdefault(table, []).append(column)
    for node in healthy.manifest().models():
        assert built[node["name"]] == list(node["columns"]), node["name"]


def test_every_test_has_a_name_that_is_a_sentence(manifest: Manifest) -> None:
    tests = [node for node in manifest.nodes.values() if node["resource_type"] == "test"]
    assert tests
    for test in tests:
        words = test["name"].split("_")
        assert len(words) >= 4, test["name"]
        generic = (test.get("test_metadata") or {}).get("name", "")
        assert not test["name"].startswith(f"{generic}_"), f"{test['name']} is the default name"
        assert re.fullmatch(r"[a-z0-9_]+", test["name"]), test["name"]


def test_every_target_has_its_test_on_its_mart(manifest: Manifest) -> None:
    tested = {
        (node["attached_node"].split(".")[2], node["test_metadata"]["kwargs"]["target"])
        for node in manifest.nodes.values()
        if (node.get("test_metadata") or {}).get("name") == "target_is_met"
    }
    assert tested == {
        (metric.model, target.id) for metric in manifest.metrics() for target in metric.targets
    }


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_seeds_of_a_scenario_keep_to_their_share_of_20_megabytes(
    manifest: Manifest, scenario: str
) -> None:
    """A ninth of them, for one question; each further question has half of that."""
    files = list((PROJECT / "seeds" / scenario).glob("*.csv"))
    assert files
    questions = sum(
        exposure["config"]["meta"]["gsmt"]["scenario"] == scenario
        for exposure in manifest.exposures.values()
    )
    share = 20_000_000 / 9 * (1 + (questions - 1) / 2)
    assert sum(file.stat().st_size for file in files) < share
    everything = (PROJECT / "seeds").glob("*/*.csv")
    assert sum(file.stat().st_size for file in everything) < 20_000_000


def test_every_difference_between_the_engines_has_a_version_for_each_and_one_place() -> None:
    engines = PROJECT / "macros" / "engines"
    found = set()
    for path in engines.glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        defined = set(re.findall(r"macro (\w+)\(", text))
        dispatched = set(re.findall(r"adapter\.dispatch\('(\w+)', 'gsmt'\)", text))
        versions = {f"{engine}__{name}" for name in dispatched for engine in ("duckdb", "spark")}
        assert versions <= defined, f"{path.name}: no {sorted(versions - defined)}"
        assert {name for name in defined if name.startswith("duckdb__")} <= versions, path.name
        found |= dispatched
    assert {"parse_value", "list_length"} <= found
    for path in (*PROJECT.glob("macros/**/*.sql"), *PROJECT.glob("models/**/*.sql")):
        if path.parent != engines:
            engine_of_its_own = re.search(
                r"adapter\.dispatch|(duckdb|spark)__|target\.type", path.read_text(encoding="utf-8")
            )
            assert engine_of_its_own is None, f"{path}: {engine_of_its_own}"
