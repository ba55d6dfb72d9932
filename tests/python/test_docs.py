"""The docs of models: dbt's pages, the lineage of columns, the entities."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.docs import links
from scripts.docs.drawing import BOX_WIDTH, draw
from scripts.docs.entities import entity_page
from scripts.docs.generate import without_markup_in
from scripts.manifest import PROJECT, Manifest
from scripts.sql_export.tables import star_schema_tables
from tests.python.builds import Build, by_day

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), ""
)
SCENARIOS = sorted(folder.parent.name for folder in PROJECT.glob("models/*/staging"))
# What dbt's docs page is about to draw, written where --dump-dom shows it.
REPORT_GRAPH = """
<script>
setInterval(() => {
  const elements = angular.element(document.body).injector().get("graph").graph.elements;
  const nodes = elements.filter((one) => one.group === "nodes" && one.data.display !== "none");
  document.title = "drawn: " + nodes.map((one) => one.data.id).join(" ") + " :end";
}, 200);
</script>
"""


@dataclass(frozen=True)
class Docs:
    """The written docs, their build, and what the command printed."""

    folder: Path
    build: Build
    manifest: Manifest
    printed: str


def run_docs(*arguments: str, logs: Path) -> subprocess.CompletedProcess[str]:
    """Run the command, with dbt's log in `logs`."""
    return subprocess.run(
        [sys.executable, "-m", "scripts.docs", *arguments],
        cwd=PROJECT,
        env={**os.environ, "DBT_LOG_PATH": str(logs)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def docs(healthy: Build, tmp_path_factory: pytest.TempPathFactory) -> Docs:
    """The docs of the healthy build."""
    # Copies, since documenting writes the results of the last run anew, and dbt opens the database
    # for itself alone.
    target = tmp_path_factory.mktemp("docs") / "target"
    shutil.copytree(healthy.target, target)
    database = target.with_name(healthy.database.name)
    shutil.copy(healthy.database, database)
    folder = target / "site"
    arguments = ["--target", str(target), "--database", str(database), "--out", str(folder)]
    finished = run_docs(*arguments, logs=target / "logs")
    printed = finished.stdout + finished.stderr
    assert finished.returncode == 0, printed
    return Docs(folder, healthy, healthy.manifest(), printed)


def test_columns_keep_their_lineage_through_unions(docs: Docs) -> None:
    # dbt-colibri logs what it cannot trace and goes on.
    assert "column lineage:" not in docs.printed
    lineage = json.loads((docs.folder / "columns" / "colibri-manifest.json").read_text("utf-8"))
    edges = {
        (edge["source"], edge["sourceColumn"])
        for edge in lineage["lineage"]["edges"]
        if edge["target"].endswith("__metric_values") and edge["targetColumn"] == "value"
    }
    project = docs.manifest.project
    marts = {(f"model.{project}.{one.model}", "value") for one in docs.manifest.metrics()}
    assert edges == marts


def test_documenting_keeps_what_the_build_said_of_its_nodes(docs: Docs) -> None:
    kept = docs.folder.parent / "run_results.json"
    assert kept.read_bytes() == (docs.build.target / "run_results.json").read_bytes()
    assert json.loads(kept.read_text(encoding="utf-8"))["args"]["which"] == "build"


def test_column_lineage_sends_nothing_home(docs: Docs) -> None:
    html = (docs.folder / links.COLUMNS_PAGE).read_text(encoding="utf-8")
    assert "colibriTelemetry = false" in html


def test_documenting_without_a_build_is_a_usage_error(healthy: Build, tmp_path: Path) -> None:
    never_parsed = run_docs("--target", str(tmp_path), "--out", str(tmp_path), logs=tmp_path)
    never_built = run_docs(
        *["--target", str(healthy.target), "--database", str(tmp_path / "none.duckdb")],
        *["--out", str(tmp_path)],
        logs=tmp_path,
    )
    for finished in (never_parsed, never_built):
        assert finished.returncode == 2
        assert "make build" in finished.stderr
        assert "Traceback" not in finished.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_entity_diagram_follows_the_models(healthy: Build) -> None:
    manifest = healthy.manifest()
    before = entity_page(manifest, "ride_sharing")
    assert "string ride_id PK\n" in before
    assert "dim_drivers ||--o{ fct_rides : driver_id" in before
    # A column that may be null refers to one row or none.
    model = manifest.model("fct_ride_sharing__rides")
    model["columns"]["driver_id"]["constraints"] = []
    model["columns"]["odometer_km"] = {**model["columns"]["distance_km"], "name": "odometer_km"}
    after = entity_page(manifest, "ride_sharing")
    assert "dim_drivers |o--o{ fct_rides : driver_id" in after
    assert "double odometer_km" in after
    manifest.nodes = {
        unique_id: node
        for unique_id, node in manifest.nodes.items()
        if node["name"] != "every_ride_has_a_known_driver"
    }
    assert "fct_rides : driver_id" not in entity_page(manifest, "ride_sharing")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_dimension_fact_and_tested_reference_is_drawn(docs: Docs, scenario: str) -> None:
    prefixes = (f"dim_{scenario}__", f"fct_{scenario}__")
    models = {one["name"] for one in docs.manifest.models() if one["name"].startswith(prefixes)}
    drawing = draw(star_schema_tables(docs.manifest, scenario))
    assert {box.table.name for box in drawing.boxes} == {
        name.replace(f"{scenario}__", "") for name in models
    }
    tests = {
        (node["attached_node"].split(".")[-1].replace(f"{scenario}__", ""), node["column_name"])
        for node in docs.manifest.nodes.values()
        if node["resource_type"] == "test"
        and node.get("test_metadata", {}).get("name") == "relationships"
        and node["attached_node"].split(".")[-1] in models
    }
    assert {(line.child, line.column) for line in drawing.lines} == tests


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_two_boxes_overlap_and_all_lie_inside_the_drawing(healthy: Build, scenario: str) -> None:
    drawing = draw(star_schema_tables(healthy.manifest(), scenario))
    areas = [(box.x, box.y, box.x + BOX_WIDTH, box.y + box.height) for box in drawing.boxes]
    for number, (left, top, right, bottom) in enumerate(areas):
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height
        for other in areas[:number]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium to open the page with")
@pytest.mark.parametrize("scenario", by_day(["ride_sharing"], SCENARIOS))
def test_the_lineage_link_of_a_question_draws_its_nodes_and_no_others(
    docs: Docs, tmp_path: Path, scenario: str
) -> None:
    page = tmp_path / links.MODELS_PAGE
    page.write_text((docs.folder / links.MODELS_PAGE).read_text("utf-8") + REPORT_GRAPH, "utf-8")
    questions = [one for one in docs.manifest.questions() if one.scenario == scenario]
    assert questions
    for question in questions:
        link = links.question_graph(docs.manifest.project, question.exposure)
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}"]
        command += ["--virtual-time-budget=5000", "--dump-dom"]
        shown = subprocess.run(
            [*command, f"file://{tmp_path}/{link}"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        drawn = re.search("<title>drawn: (.*?) :end</title>", shown.stdout)
        assert drawn is not None
        exposure = f"exposure.{docs.manifest.project}.{question.exposure}"
        assert set(drawn[1].split()) == ancestors(docs.manifest, exposure)


def ancestors(manifest: Manifest, unique_id: str) -> set[str]:
    """A node and everything that it is computed from."""
    node = (manifest.nodes | manifest.exposures)[unique_id]
    parents = node.get("depends_on", {}).get("nodes", [])
    return {unique_id}.union(*(ancestors(manifest, parent) for parent in parents))


def test_what_dbt_embeds_in_its_page_cannot_end_a_script() -> None:
    data = json.dumps({"owner": "</script><script>alert(1)</script> <!-- \\"})
    page = f"<html><script>window.data = {data};</script></html>"
    written = without_markup_in(page, [data])
    assert written.count("<script") == written.count("</script>") == 1
    assert "<!--" not in written
    found = re.search(r"window\.data = (.*?);</script>", written)
    assert found and json.loads(found[1]) == json.loads(data)
