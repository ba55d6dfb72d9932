"""The documentation: the site of questions, its links, the lineage of columns, the entities."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts.docs import links
from scripts.docs.drawing import BOX_WIDTH, draw
from scripts.docs.entities import entity_page
from scripts.docs.generate import without_markup_in
from scripts.docs.site import find_neighbours, paragraphs, render_site
from scripts.manifest import PROJECT, Manifest
from scripts.sql_export.analyses import read_analyses
from scripts.sql_export.tables import star_schema_tables
from scripts.target_status import open_database, read_target_statuses
from tests.python.builds import Build

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), ""
)
SCENARIOS = sorted(folder.parent.name for folder in PROJECT.glob("models/*/staging"))
VOID_ELEMENTS = {"meta", "link", "br", "hr", "img", "input"}
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
class Site:
    """The written site, its build, and what the command printed."""

    folder: Path
    build: Build
    manifest: Manifest
    printed: str
    html: str
    page: Page


class Page(HTMLParser):
    """What a page holds; reading fails where an element is not closed in order."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.unscoped = 0
        self.texts: list[str] = []
        self.open_elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is, where it leads and what it loads."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        elif "href" in found or "src" in found:
            self.loads.append(found.get("href") or found["src"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.unscoped += tag == "th" and "scope" not in found
        if tag not in VOID_ELEMENTS:
            self.open_elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open_elements.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text with single spaces."""
        return " ".join(" ".join(self.texts).split())


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
def site(healthy: Build, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the healthy build, with stand-ins for the other steps' results."""
    # Copies, since documenting writes the results of the last run anew, and dbt opens the database
    # for itself alone.
    target = tmp_path_factory.mktemp("docs") / "target"
    shutil.copytree(healthy.target, target)
    database = target.with_name(healthy.database.name)
    shutil.copy(healthy.database, database)
    for analysis in read_analyses(healthy.manifest()):
        query = target / "sql" / "duckdb" / analysis.scenario / f"{analysis.name}.sql"
        query.parent.mkdir(parents=True, exist_ok=True)
        query.touch()
    data_docs = target / "validation" / "data_docs" / "index.html"
    data_docs.parent.mkdir(parents=True)
    data_docs.touch()
    folder = target / "site"
    arguments = ["--target", str(target), "--database", str(database), "--out", str(folder)]
    finished = run_docs(*arguments, logs=target / "logs")
    printed = finished.stdout + finished.stderr
    assert finished.returncode == 0, printed
    html = (folder / "index.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(html)
    return Site(folder, healthy, healthy.manifest(), printed, html, page)


def test_the_page_shows_every_question_goal_signal_metric_and_target(site: Site) -> None:
    expected = []
    for question in site.manifest.questions():
        expected += [f"{question.id} {question.title}", question.text, question.goal]
        expected += [area[key] for area in question.areas for key in ("name", "goal")]
    for signal in site.manifest.signals():
        expected += [signal.name, signal.description]
    for metric in site.manifest.metrics():
        assert len(paragraphs(metric)) == 2, f"{metric.name} has no line that starts with Formula:"
        expected += [metric.label, metric.unit, *paragraphs(metric)]
        expected += [text for one in metric.targets for text in (one.id, one.description)]
    assert len(expected) > 80
    missing = [text for text in expected if " ".join(text.split()) not in site.page.text]
    assert missing == []


def test_the_page_shows_each_target_as_it_was_judged(site: Site) -> None:
    rows = dict(re.findall(r'<tr id="target-([^"]+)">(.*?)</tr>', site.html, flags=re.DOTALL))
    statuses = site.build.query("select target_id, status, observed, owner from target_status")
    assert len(statuses) == len(rows) > 0
    for target, status, observed, owner in statuses:
        cells = re.findall(r"<td[^>]*>(.*?)</td>", rows[target], flags=re.DOTALL)
        assert cells[:2] == [status.replace("_", " "), f"{observed:.4g}"]
        assert cells[-1] == owner


def test_the_signals_of_an_area_are_those_of_the_catalog(site: Site) -> None:
    catalog = dict(site.build.query("select area_id, signals from catalog_goals"))
    shown = {
        area: ", ".join(re.findall(r'href="#signal-[^"]+">([^<]+)<', text.split("<h4>Metrics")[0]))
        for area, text in re.findall(r'<h3 id="area-([^"]+)">(.*?)</section>', site.html, re.DOTALL)
    }
    assert shown == catalog


def test_every_link_leads_somewhere(site: Site) -> None:
    nodes = site.manifest.nodes | site.manifest.exposures
    kinds = set()
    assert len(site.page.links) > 100
    for link in site.page.links:
        address = urlsplit(link)
        assert not address.scheme
        assert not address.netloc
        if not address.path:
            assert address.fragment in site.page.ids, link
            kinds.add("same page")
            continue
        assert (site.folder / address.path).is_file(), link
        kinds.add(address.path.split("/")[-1])
        if address.fragment:
            # dbt's docs are one page: which model is shown stands behind the #.
            place, _, graph = address.fragment.removeprefix("!/").partition("?")
            kind, unique_id = place.split("/")
            assert nodes[unique_id]["resource_type"] == kind
            asked = parse_qs(graph)
            name = nodes[unique_id]["name"]
            selector = f"+exposure:{name}" if kind == "exposure" else f"+{name}"
            assert asked in ({}, {"g_v": ["1"], "g_i": [selector]})
        if address.query:
            asked = parse_qs(address.query)
            assert asked["column"][0] in nodes[asked["model"][0]]["columns"]
    assert {"same page", "static_index.html", "index.html"} <= kinds
    for analysis in read_analyses(site.manifest):
        assert f"../sql/duckdb/{analysis.scenario}/{analysis.name}.sql" in site.page.links
    for metric in site.manifest.metrics():
        assert links.model_graph(site.manifest.project, metric.model) in site.page.links
    assert "../validation/data_docs/index.html" in site.page.links


def test_what_was_not_made_is_not_linked(site: Site, tmp_path: Path) -> None:
    neighbours = find_neighbours(tmp_path, tmp_path / "site")
    html = render_site(site.manifest, [], neighbours)
    assert "data_docs" not in html
    assert ".sql" not in html


def test_the_page_loads_nothing(site: Site) -> None:
    assert site.page.loads == []
    assert not re.search(r"<script|<iframe|<object|@import|url\((?!#)|https?:", site.html)


def test_the_page_is_well_formed_and_has_an_outline(site: Site) -> None:
    assert site.page.open_elements == []
    assert len(set(site.page.ids)) == len(site.page.ids)
    assert site.page.unscoped == 0
    assert site.page.headings[0] == 1
    steps = zip(site.page.headings, site.page.headings[1:], strict=False)
    assert all(following <= heading + 1 for heading, following in steps)
    referred = re.findall(r'aria-labelledby="([^"]+)"|url\(#([^)]+)\)', site.html)
    assert {one or other for one, other in referred} <= set(site.page.ids)


def test_text_of_the_models_is_escaped(site: Site) -> None:
    manifest = site.build.manifest()
    manifest.model("mart_carpool_rider_csat")["description"] = "<script>alert(1)</script> & more"
    html = render_site(manifest, [], find_neighbours(site.folder, site.folder))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_columns_keep_their_lineage_through_unions(site: Site) -> None:
    # dbt-colibri logs what it cannot trace and goes on.
    assert "column lineage:" not in site.printed
    lineage = json.loads((site.folder / "columns" / "colibri-manifest.json").read_text("utf-8"))
    edges = {
        (edge["source"], edge["sourceColumn"])
        for edge in lineage["lineage"]["edges"]
        if edge["target"].endswith("__metric_values") and edge["targetColumn"] == "value"
    }
    project = site.manifest.project
    marts = {(f"model.{project}.{one.model}", "value") for one in site.manifest.metrics()}
    assert edges == marts


def test_column_lineage_sends_nothing_home(site: Site) -> None:
    html = (site.folder / links.COLUMNS_PAGE).read_text(encoding="utf-8")
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
def test_every_dimension_fact_and_tested_reference_is_drawn(site: Site, scenario: str) -> None:
    prefixes = (f"dim_{scenario}__", f"fct_{scenario}__")
    models = {one["name"] for one in site.manifest.models() if one["name"].startswith(prefixes)}
    drawing = draw(star_schema_tables(site.manifest, scenario))
    assert {box.table.name for box in drawing.boxes} == {
        name.replace(f"{scenario}__", "") for name in models
    }
    tests = {
        (node["attached_node"].split(".")[-1].replace(f"{scenario}__", ""), node["column_name"])
        for node in site.manifest.nodes.values()
        if node["resource_type"] == "test"
        and node.get("test_metadata", {}).get("name") == "relationships"
        and node["attached_node"].split(".")[-1] in models
    }
    assert {(line.child, line.column) for line in drawing.lines} == tests
    assert all(line.sentence in site.page.text for line in drawing.lines)


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
def test_the_lineage_link_of_a_question_draws_its_nodes_and_no_others(
    site: Site, tmp_path: Path
) -> None:
    page = tmp_path / links.MODELS_PAGE
    page.write_text((site.folder / links.MODELS_PAGE).read_text("utf-8") + REPORT_GRAPH, "utf-8")
    for question in site.manifest.questions():
        link = links.question_graph(site.manifest.project, question.exposure)
        assert link in site.page.links
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
        exposure = f"exposure.{site.manifest.project}.{question.exposure}"
        assert set(drawn[1].split()) == ancestors(site.manifest, exposure)


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


def test_what_a_target_says_is_text_on_the_page(healthy: Build, tmp_path: Path) -> None:
    manifest = healthy.manifest()
    with open_database(manifest, healthy.database) as connection:
        statuses = read_target_statuses(connection, manifest)
    markup = "<script>alert(1)</script>"
    said = {"owner": f"o{markup}", "description": f"d{markup}", "status": f"s{markup}"}
    spoilt = [replace(status, **said) for status in statuses]  # type: ignore[arg-type]
    html = render_site(manifest, spoilt, find_neighbours(tmp_path, tmp_path))
    assert markup not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
