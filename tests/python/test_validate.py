"""The Great Expectations validation: what it finds in good, bad and broken marts, and its docs."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner
from typer.testing import Result as Invocation

from scripts.validate import __main__ as command_line
from scripts.validate.result import Result
from tests.python.builds import Build


class Hook(BaseHTTPRequestHandler):
    """A webhook that keeps what it gets; the path says what status it answers."""

    received: list[tuple[str, Any]]

    def do_POST(self) -> None:
        """Keep the body, with its type."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.append((self.headers["Content-Type"], body))
        self.send_response(int(self.path.strip("/").partition("?")[0]))
        self.send_header("Location", "/200")
        self.end_headers()

    def do_GET(self) -> None:
        """Answer as the page does that a redirect leads to."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *_: Any) -> None:
        """Nothing: the server would print each request."""


@dataclass(frozen=True)
class Validation:
    """A run of the command line, and what it left in `out`."""

    out: Path
    exit_code: int
    output: str

    @property
    def result(self) -> dict[str, Any]:
        """The machine-readable result."""
        content: dict[str, Any] = json.loads((self.out / "result.json").read_text(encoding="utf-8"))
        return content

    def expectations(self, group: str | None = None) -> list[dict[str, Any]]:
        """The outcome of every expectation (of a group), with its suite."""
        return [
            {"suite": suite["name"], **one}
            for suite in self.result["suites"]
            for one in suite["expectations"]
            if group in (None, one["group"])
        ]

    def failures(self) -> list[dict[str, Any]]:
        """The expectations that were not met."""
        return [one for one in self.expectations() if not one["success"]]


def invoke(*arguments: str | Path) -> Invocation:
    return CliRunner().invoke(command_line.app, [str(argument) for argument in arguments])


def validate(database: Path, target: Path, out: Path, *arguments: str) -> Validation:
    run = invoke("--database", database, "--target", target, "--out", out, *arguments)
    return Validation(out, run.exit_code, run.output)


def copy_with(build: Build, folder: Path, *statements: str) -> Path:
    """A copy of a build's database, under another name, after some statements."""
    copy = folder / "copy.duckdb"
    shutil.copy(build.database, copy)
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    return copy


@pytest.fixture(scope="session")
def hook() -> Iterator[str]:
    """The address of a running Hook, without a path."""
    with pytest.MonkeyPatch.context() as patch, HTTPServer(("127.0.0.1", 0), Hook) as server:
        patch.setenv("NO_PROXY", "127.0.0.1")
        Thread(target=server.serve_forever, daemon=True).start()
        Hook.received = []
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def of_healthy(healthy: Build, hook: str, tmp_path_factory: pytest.TempPathFactory) -> Validation:
    out = tmp_path_factory.mktemp("of_healthy")
    return validate(healthy.database, healthy.target, out, "--webhook", f"{hook}/200")


@pytest.fixture(scope="session")
def of_degraded(degraded: Build, tmp_path_factory: pytest.TempPathFactory) -> Validation:
    return validate(degraded.database, degraded.target, tmp_path_factory.mktemp("of_degraded"))


@pytest.fixture(scope="session")
def of_broken(healthy: Build, tmp_path_factory: pytest.TempPathFactory) -> Validation:
    """One rate far above 1, one key twice, and a mart that lost a column."""
    folder = tmp_path_factory.mktemp("of_broken")
    database = copy_with(
        healthy,
        folder,
        """
        update main.mart_carpool_ride_penetration set value = 99
        where period_grain = 'month' and dimension = 'all' and period_start = '2026-06-01'
        """,
        """
        insert into main.mart_carpool_average_fill_rate
        from main.mart_carpool_average_fill_rate
        where period_grain = 'month' and dimension = 'all' and statistic = 'occupancy'
        limit 1
        """,
        "alter table main.mart_carpool_driver_csat drop column is_complete",
    )
    return validate(database, healthy.target, folder, "--scenario", "ride_sharing")


def test_the_healthy_world_passes_with_every_target_met(
    healthy: Build, of_healthy: Validation
) -> None:
    targets = list(healthy.severities())
    assert of_healthy.exit_code == 0, of_healthy.output
    assert of_healthy.result["success"] is True
    assert sorted(target["id"] for target in of_healthy.result["targets"]) == targets
    assert {target["status"] for target in of_healthy.result["targets"]} == {"met"}
    assert [one["success"] for one in of_healthy.expectations("target")] == [True] * len(targets)
    assert of_healthy.failures() == []


def test_the_degraded_world_fails_on_every_target_and_on_nothing_else(
    degraded: Build, of_degraded: Validation
) -> None:
    assert of_degraded.exit_code == 1, of_degraded.output
    assert {target["status"] for target in of_degraded.result["targets"]} == {"missed"}
    assert {one["group"] for one in of_degraded.failures()} == {"target"}
    named = {
        match[1]: one["severity"]
        for one in of_degraded.failures()
        if (match := re.search(r"\((.*?):", one["sentence"]))
    }
    assert named == {
        target: {"error": "critical", "warn": "warning"}[severity]
        for target, severity in degraded.severities().items()
    }
    # An expectation that crashed is not one that failed.
    assert [one["exception"] for one in of_degraded.expectations() if one["exception"]] == []


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_the_dbt_tests_judge_the_targets_as_the_expectations_do(
    world: str, request: pytest.FixtureRequest
) -> None:
    build: Build = request.getfixturevalue(world)
    outcomes = build.outcomes()
    judged = {
        node["test_metadata"]["kwargs"]["target"]: outcomes[node["name"]]
        for node in build.manifest().nodes.values()
        if (node.get("test_metadata") or {}).get("name") == "target_is_met"
    }
    missed = {"error": "fail", "warn": "warn"}
    assert judged == {
        target: "pass" if world == "healthy" else missed[severity]
        for target, severity in build.severities().items()
    }


def test_every_mart_has_a_suite_of_shape_ranges_completeness_and_targets(
    healthy: Build, of_healthy: Validation
) -> None:
    metrics = {metric.name: metric for metric in healthy.manifest().metrics()}
    assert {suite["name"] for suite in of_healthy.result["suites"]} == set(metrics)
    for suite in of_healthy.result["suites"]:
        metric = metrics[suite["name"]]
        groups = [one["group"] for one in suite["expectations"]]
        assert suite["rows"] > 0
        assert {"shape", "range", "completeness"} <= set(groups)
        assert groups.count("range") == len(metric.statistics)
        assert groups.count("target") == len(metric.targets)
        assert groups.count("target") == sum(
            target["metric"] == metric.name for target in of_healthy.result["targets"]
        )


def test_a_value_outside_the_plausible_range_is_found(of_broken: Validation) -> None:
    assert of_broken.exit_code == 1
    [found] = [one for one in of_broken.failures() if one["group"] == "range"]
    assert found["suite"] == "carpool_ride_penetration"
    assert found["severity"] == "critical"
    assert found["observed"]["unexpected"] == 1
    assert found["observed"]["examples"] == ["99.0"]
    assert found["exception"] is None


def test_a_row_that_is_there_twice_is_found(of_broken: Validation) -> None:
    [found] = [one for one in of_broken.failures() if "one row per" in one["sentence"]]
    assert found["suite"] == "carpool_average_fill_rate"
    assert found["observed"]["unexpected"] == 2
    assert found["exception"] is None


def test_an_expectation_that_cannot_be_judged_says_why_and_fails_the_run(
    of_broken: Validation,
) -> None:
    raised = [one for one in of_broken.expectations() if one["exception"]]
    assert {one["suite"] for one in raised} == {"carpool_driver_csat"}
    assert all("is_complete" in one["exception"] for one in raised)
    assert of_broken.result["counts"]["exceptions"] == len(raised) > 0
    assert "raised an exception carpool_driver_csat" in of_broken.output
    [columns] = [
        one
        for one in of_broken.failures()
        if one["suite"] == "carpool_driver_csat" and "contract" in one["sentence"]
    ]
    assert columns["exception"] is None


def test_an_empty_mart_a_young_history_and_a_missed_warning_are_told_but_do_not_fail(
    healthy: Build, tmp_path: Path
) -> None:
    status = "update main.ride_sharing__target_status set status"
    database = copy_with(
        healthy,
        tmp_path,
        "delete from main.mart_carpool_rider_csat",
        f"{status} = 'no_data', observed = null where target_id = '1.1.2-3.T1'",
        f"{status} = 'not_yet_mature' where target_id = '1.1.2-1.T1'",
        f"{status} = 'missed', severity = 'warn' where target_id = '1.1.2-2.T1'",
    )
    validation = validate(database, healthy.target, tmp_path / "out", "--scenario", "ride_sharing")
    assert validation.exit_code == 0, validation.output
    assert validation.result["success"] is True
    statuses = validation.result["counts"]["targets"]
    metrics = [one for one in healthy.manifest().metrics() if one.scenario == "ride_sharing"]
    others = sum(len(metric.targets) for metric in metrics) - 3
    assert statuses == {"not_yet_mature": 1, "met": others, "missed": 1, "no_data": 1}
    told = {(one["suite"], one["group"], one["severity"]) for one in validation.failures()}
    assert told == {
        ("carpool_rider_csat", "completeness", "warning"),
        ("carpool_average_fill_rate", "target", "warning"),
    }
    assert validation.result["missed_targets"][0]["owner"] == "matching"
    assert "no_data" in validation.output


def test_the_webhook_gets_the_summary_as_json(healthy: Build, of_healthy: Validation) -> None:
    [(content_type, summary)] = Hook.received
    assert content_type == "application/json"
    assert summary.items() <= {**of_healthy.result, "targets": None}.items()
    assert summary["success"] is True
    assert summary["counts"]["suites"] == len(healthy.manifest().metrics())
    targets = len(healthy.severities())
    assert (
        summary["text"] == f"gsmt: validation passed, {targets} of {targets} targets met, 0 missed"
    )


def test_the_summary_names_missed_targets_with_what_was_observed_and_who_owns_them(
    degraded: Build, of_degraded: Validation
) -> None:
    missed = of_degraded.result["missed_targets"]
    assert {target["id"]: target["severity"] for target in missed} == degraded.severities()
    for target in missed:
        assert isinstance(target["threshold"], float)
        assert target["owner"]
    # The time that 90 % do not exceed is no number where more than 10 % of uploads fail.
    unobserved = [target["id"] for target in missed if not isinstance(target["observed"], float)]
    assert unobserved == ["7.1.1-2.T1"]


@pytest.mark.parametrize(
    ("path", "exit_code", "line"),
    [
        ("/204", 0, ""),
        ("/500", 3, "error: the webhook answered 500"),
        ("/302", 3, "error: the webhook answered 302"),
        (None, 3, "error: the webhook did not answer"),
    ],
)
def test_a_summary_that_does_not_arrive_is_an_error_of_its_own(
    path: str | None, exit_code: int, line: str, hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Result("gsmt", datetime.now(UTC), 0.0, (), ())
    monkeypatch.setattr(command_line, "_run", lambda *_: nothing)
    monkeypatch.setattr(command_line, "read_manifest", lambda _: None)
    with HTTPServer(("127.0.0.1", 0), Hook) as closed:
        nobody = f"http://127.0.0.1:{closed.server_port}/"
    address = nobody if path is None else hook + path
    monkeypatch.setenv("GSMT_WEBHOOK", f"{address}?sig=SECRET")
    run = invoke()
    assert run.exit_code == exit_code
    assert line in run.output
    assert "SECRET" not in run.output


NO_ADDRESS = "the webhook (GSMT_WEBHOOK) is not an http or https address"
MALFORMED = (
    "file:///SECRET",
    "example.com/SECRET",
    "https://",
    "https://user:SECRET@example.com/",
    "https://example.com:SECRET/",
    "https://example.com/a b?sig=SECRET",
    "https://example.com/a\nb?sig=SECRET",
    "https://[SECRET/",
    "https://example.com/\u00e9?sig=SECRET",
)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--target", "{folder}"], "manifest.json does not exist; run `make build`"),
        (["--database", "{folder}/none.duckdb"], "none.duckdb does not exist; run `make build`"),
        (["--database", "{folder}/empty.duckdb"], "empty.duckdb is not built: Catalog Error"),
        (["--database", "{folder}/text.duckdb"], "text.duckdb cannot be opened: IO Error"),
        *((["--webhook", address], NO_ADDRESS) for address in MALFORMED),
    ],
)
def test_what_cannot_be_validated_is_refused_in_one_line(
    arguments: list[str], line: str, healthy: Build, tmp_path: Path
) -> None:
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    (tmp_path / "text.duckdb").write_text("no database", encoding="utf-8")
    given = [argument.format(folder=tmp_path) for argument in arguments]
    out = tmp_path / "out"
    run = invoke("--database", healthy.database, "--target", healthy.target, "--out", out, *given)
    assert run.exit_code == 2
    assert run.output.startswith("error: ")
    assert line in run.output
    assert run.output.count("\n") == 1
    assert "SECRET" not in run.output
    assert not out.exists()


def test_a_scenario_that_is_built_alone_is_validated_alone(healthy: Build, tmp_path: Path) -> None:
    database = copy_with(healthy, tmp_path, "drop table main.messenger__target_status")
    run = validate(database, healthy.target, tmp_path / "all")
    assert run.exit_code == 2
    assert "messenger__target_status does not exist" in run.output
    run = validate(database, healthy.target, tmp_path / "one", "--scenario", "ride_sharing")
    assert run.exit_code == 0, run.output
    marts = {path.stem for path in (tmp_path / "one" / "marts").iterdir()}
    metrics = [one for one in healthy.manifest().metrics() if one.scenario == "ride_sharing"]
    assert marts == {one.name for one in metrics}


def test_a_target_without_a_status_is_refused(healthy: Build, tmp_path: Path) -> None:
    database = copy_with(
        healthy,
        tmp_path,
        "delete from main.ride_sharing__target_status where target_id = '1.1.2-2.T2'",
    )
    run = validate(database, healthy.target, tmp_path / "out")
    assert run.exit_code == 2
    assert "no status of target 1.1.2-2.T2" in run.output


def test_no_page_of_the_data_docs_loads_anything_from_the_web(
    healthy: Build, of_healthy: Validation
) -> None:
    pages = list((of_healthy.out / "data_docs").rglob("*.html"))
    assert len(pages) == 1 + 2 * len(healthy.manifest().metrics())
    for page in pages:
        text = page.read_text(encoding="utf-8")
        tags = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", text)
        addresses = re.findall(r"""(?:src|href)=["']([^"']+)""", " ".join(tags))
        addresses += re.findall(r"""url\(['"]?([^'")]+)""", text)
        assert len(addresses) > 10
        for address in addresses:
            assert (page.parent / address).is_file(), f"{page}: {address}"


PROBE = """
<script>
  window.addEventListener("load", () => document.fonts.ready.then(() => {
    const last = row => row.cells[row.cells.length - 1].textContent.trim();
    const probe = document.createElement("pre");
    const icon = document.querySelector(".fas");
    probe.id = "probe";
    probe.textContent = JSON.stringify({
      styles: document.styleSheets.length,
      unloaded: [...document.querySelectorAll("link[rel=stylesheet]")]
        .filter(link => !link.sheet).map(link => link.href),
      from_web: performance.getEntriesByType("resource")
        .map(entry => entry.name).filter(name => !name.startsWith("file:")),
      broken_images: [...document.images].filter(image => !image.naturalWidth).length,
      navbar: getComputedStyle(document.querySelector("nav.navbar")).display,
      icon: getComputedStyle(icon).fontFamily,
      icon_font: [...document.fonts].filter(font => font.status === "loaded")
        .map(font => font.family),
      tables: [...document.querySelectorAll("table[data-toggle=table]")]
        .map(table => [...table.tBodies[0].rows].map(last)),
    });
    document.body.append(probe);
  }));
</script>
"""


def look_at(page: Path, folder: Path) -> dict[str, Any]:
    """Open a page, as it is but for a probe at its end, in headless Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next((found for name in names if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip(f"none of {', '.join(names)} is installed")
    probed = page.with_name("probed.html")
    text = page.read_text(encoding="utf-8")
    probed.write_text(text.replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu"]
    command += ["--disable-background-networking", f"--user-data-dir={folder}"]
    command += ["--virtual-time-budget=10000", "--dump-dom", probed.resolve().as_uri()]
    try:
        dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    finally:
        probed.unlink()
    written = re.search(r'<pre id="probe">(.*?)</pre>', dom.stdout, re.DOTALL)
    assert written, dom.stderr
    probe: dict[str, Any] = json.loads(html.unescape(written[1]))
    return probe


def test_the_index_opens_offline_with_its_styles_and_lists_every_suite(
    healthy: Build, of_healthy: Validation, tmp_path: Path
) -> None:
    probe = look_at(of_healthy.out / "data_docs" / "index.html", tmp_path)
    names = sorted(metric.name for metric in healthy.manifest().metrics())
    # One table of results and one of suites, their rows drawn by the bundled scripts.
    assert [sorted(rows) for rows in probe["tables"]] == [names, names]
    assert_styled(probe)


def test_a_page_of_results_opens_offline_with_its_styles(
    of_broken: Validation, tmp_path: Path
) -> None:
    folder = of_broken.out / "data_docs" / "validations" / "carpool_ride_penetration"
    [page] = folder.rglob("*.html")
    assert_styled(look_at(page, tmp_path))


def assert_styled(probe: dict[str, Any]) -> None:
    assert probe["from_web"] == []
    assert probe["unloaded"] == []
    assert probe["styles"] >= 6
    assert probe["broken_images"] == 0
    assert probe["navbar"] == "flex"
    assert "Font Awesome 6 Free" in probe["icon"]
    assert any("Font Awesome 6 Free" in family for family in probe["icon_font"])


def test_what_a_mart_holds_is_text_in_the_data_docs(healthy: Build, tmp_path: Path) -> None:
    markup = "<script>alert(1)</script>$icon & </td>"
    twice = f"""
        insert into mart_carpool_rider_csat
        select * replace ('city' as dimension, '{markup}' as member)
        from mart_carpool_rider_csat
        limit 1
    """
    database = copy_with(
        healthy,
        tmp_path,
        twice,
        twice,
        """
        insert into mart_carpool_rider_csat
        select * replace ('<b>x</b>' as statistic) from mart_carpool_rider_csat limit 1
        """,
        """
        update ride_sharing__target_status
        set worst_member = '<i>m</i>', interval_low = 0, interval_high = 1, status = 'missed'
        where target_id = '1.1.2-3.T1'
        """,
    )
    options = ("--scenario", "ride_sharing")
    validation = validate(database, healthy.target, tmp_path / "out", *options)
    assert validation.exit_code == 1
    pages = [
        page.read_text(encoding="utf-8") for page in (validation.out / "data_docs").rglob("*.html")
    ]
    for text in (markup, "<b>x</b>", "<i>m</i>"):
        assert not any(text in page for page in pages)
        assert any(html.escape(text, quote=False) in page for page in pages)
    # What Great Expectations marks up itself stays marked up, and nothing is escaped twice.
    assert not any("&lt;span" in page or "&amp;lt;" in page for page in pages)
