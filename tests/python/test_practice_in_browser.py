"""Practice in a browser: exercises graded in the page, interviews, modelling, progress, mocks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scripts.practice.exercises import read_exercises
from scripts.site.benchmark import first_answers
from scripts.site.practice import MOCK_MINUTES
from tests.python.test_site_in_browser import (  # noqa: F401
    CHROMIUM,
    LOOKS,
    OVERLAPS,
    Opened,
    address,
    browser,
    opened,
    serious_findings,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to open the pages with")

# DuckDB starts in seconds, and in more where other tests run beside it.
expect.set_options(timeout=30_000)
EXERCISES = read_exercises()
SCENARIOS = sorted({exercise.scenario for exercise in EXERCISES})
EXAMPLE = next(one for one in EXERCISES if one.id == "ride_sharing/carpool_ride_penetration")
# What the page says of each exercise's solution and of each of its wrong solutions.
GRADES = """
async () => {
  await gsmt.practice.ready();
  const content = gsmt.practice.content();
  const found = {};
  for (const [id, exercise] of Object.entries(content.exercises)) {
    const grader = await gsmt.Grader.of(gsmt.practice.engine(), exercise, content);
    const solution = await grader.grade(exercise.solution);
    const wrong = [];
    for (const one of exercise.wrong_solutions) {
      const verdict = await grader.grade(one.query);
      wrong.push([one.name, verdict && verdict.wrongSolution, verdict && verdict.world]);
    }
    found[id] = { solution, wrong };
  }
  return found;
}
"""
SHORTER = "document.querySelector('#state').textContent.includes(' ms')"


def exercise_page(opened: Opened, site: Path, exercise: str = EXAMPLE.id) -> Page:  # noqa: F811
    scenario, name = exercise.split("/")
    return opened.go(address(site, f"practice/sql/{scenario}.html", name))


def write(page: Page, query: str) -> None:
    page.locator(".cm-content").fill(query)


def history(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("gsmt.history.all()"))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_exercise_is_graded_in_the_page_as_it_is_natively(
    opened: Opened,  # noqa: F811
    site: Path,
    scenario: str,
) -> None:
    page = opened.go(address(site, f"practice/sql/{scenario}.html"))
    found = page.evaluate(GRADES)
    own = {one.id: one for one in EXERCISES if one.scenario == scenario}
    assert found.keys() == own.keys()
    for identity, exercise in own.items():
        assert found[identity]["solution"] is None, identity
        wrong = found[identity]["wrong"]
        names = [one.name for one in exercise.wrong_solutions]
        assert [(name, told) for name, told, _ in wrong] == list(zip(names, names, strict=True))
        assert sum(world == "hidden" for *_, world in wrong) >= 2, identity


def test_a_query_is_run_and_checked_by_the_keyboard(
    opened: Opened,  # noqa: F811
    site: Path,
) -> None:
    page = exercise_page(opened, site)
    write(page, EXAMPLE.solution)
    page.keyboard.press("Control+Enter")
    page.wait_for_function(SHORTER)
    assert page.locator("#result thead th").first.inner_text().startswith("week_start")
    rows = page.locator("#result tbody tr").count()
    expect(page.locator("#state")).to_contain_text(f"{rows} rows.")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#verdict")).to_contain_text("Right, on the world that you see")
    assert [one["result"] for one in history(page)] == ["solved"]


@pytest.mark.parametrize("wrong", EXAMPLE.wrong_solutions, ids=lambda wrong: wrong.name)
def test_a_wrong_query_is_told_what_it_does_and_shown_the_rows(
    opened: Opened,  # noqa: F811
    site: Path,
    wrong: Any,
) -> None:
    page = exercise_page(opened, site)
    write(page, wrong.query)
    page.click("#check")
    expect(page.locator("#verdict")).to_contain_text(wrong.feedback)
    assert {"expected", "yours"} & {
        *page.locator("#verdict tbody tr td:first-child").all_inner_texts()
    }
    assert [one["result"] for one in history(page)] == ["failed"]


def test_an_error_is_marked_on_its_line(opened: Opened, site: Path) -> None:  # noqa: F811
    page = exercise_page(opened, site)
    write(page, "select 1\nfrom fct_rides\nwhere nonsense = 1")
    page.click("#run")
    expect(page.locator("pre.error")).to_contain_text('"nonsense" not found')
    expect(page.locator("pre.error")).to_contain_text("LINE 3: where nonsense")
    assert page.locator(".error-line").inner_text() == "where nonsense = 1"
    page.locator(".cm-content").press("End")
    page.keyboard.type(" ")
    assert page.locator(".error-line").count() == 0


def test_a_query_that_runs_away_can_be_stopped(opened: Opened, site: Path) -> None:  # noqa: F811
    page = exercise_page(opened, site)
    write(page, "select count(*) from range(10000000) as a, range(10000000) as b")
    page.click("#run")
    expect(page.locator("#state")).to_have_text("Running.")
    page.click("#stop")
    expect(page.locator("#state")).to_have_text("Ready.")
    write(page, "select 41 + 1 as answer")
    page.click("#run")
    expect(page.locator("#result")).to_contain_text("42")


def test_nothing_that_is_typed_is_sent_anywhere(opened: Opened, site: Path) -> None:  # noqa: F811
    page = exercise_page(opened, site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for query in (
        "select * from 'https://example.org/rides.csv'",
        "install httpfs",
        "select current_timestamp at time zone 'UTC'",
        EXAMPLE.solution,
    ):
        write(page, query)
        page.click("#check")
        page.wait_for_function("!document.querySelector('#check').disabled")
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    page.evaluate("fetch('https://example.org/').catch(() => {})")
    assert any("Content Security Policy" in error for error in opened.errors)
    opened.errors.clear()


def test_tables_columns_and_rows_are_at_hand_and_completed(
    opened: Opened,  # noqa: F811
    site: Path,
) -> None:
    page = exercise_page(opened, site)
    schema = page.locator("details.schema:not([hidden])")
    assert schema.locator("summary").all_inner_texts() == list(EXAMPLE.tables)
    schema.first.locator("summary").click()
    expect(schema.first).to_contain_text("carpool or standard.")
    expect(schema.first.locator(".sample tbody tr")).to_have_count(5)
    page.locator(".cm-content").click()
    page.keyboard.type("select ride_t")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("ride_type")
    page.keyboard.press("Escape")


def test_what_was_written_is_there_again_and_the_solution_is_shown_when_asked(
    opened: Opened,  # noqa: F811
    site: Path,
) -> None:
    page = exercise_page(opened, site)
    write(page, "select 'a draft'")
    other = next(one for one in EXERCISES if one.scenario == EXAMPLE.scenario and one != EXAMPLE)
    page.select_option("#choose", other.id.split("/")[1])
    expect(page.locator("h1")).to_have_text(other.title)
    assert page.locator(".cm-content").inner_text().strip() == ""
    page.select_option("#choose", EXAMPLE.id.split("/")[1])
    expect(page.locator(".cm-content")).to_have_text("select 'a draft'")
    page.click("#solve")
    expect(page.locator("#solution")).to_contain_text("count(*) filter")
    assert [one["result"] for one in history(page)] == ["shown"]


def test_an_interview_has_clocks_ticks_what_is_named_and_keeps_the_result(
    opened: Opened,  # noqa: F811
    site: Path,
) -> None:
    page = opened.go(address(site, "practice/interviews/1.1.2.html"))
    assert page.locator(".part[data-part] .clock").all_inner_texts() == [
        *("2:00", "4:00", "4:00", "2:00", "3:00")
    ]
    page.click("#start")
    page.fill("#answer-signals", "I log rideCompletion with fare_usd, and a carpool ride request.")
    page.click("[aria-controls=rubric-signals]")
    ticked = page.locator("#rubric-signals input:checked + span").all_inner_texts()
    assert {text.split(":")[0] for text in ticked} >= {
        *("ride_completion", "carpool_ride_request", "fare_usd")
    }
    assert not any(text.startswith("support_ticket_created") for text in ticked)
    marks = page.locator("[data-part=signals] .marks")
    assert marks.inner_text().startswith(f"{len(ticked)} of ")
    page.locator("#rubric-signals input:not(:checked)").first.check()
    assert marks.inner_text().startswith(f"{len(ticked) + 1} of ")
    page.click("[aria-controls=rubric-metrics]")
    expect(page.locator("#rubric-metrics")).to_contain_text("Trap: ")
    page.click("#keep")
    (kept,) = history(page)
    assert (kept["kind"], kept["id"], kept["result"]) == ("interview", "1.1.2", "marked")
    assert kept["parts"]["signals"][0] == len(ticked) + 1
    assert kept["parts"]["goals"] is None
    assert serious_findings(page) == []


def test_a_model_is_compared_with_ours(opened: Opened, site: Path) -> None:  # noqa: F811
    page = opened.go(address(site, "practice/modelling/ride_sharing.html"))
    expect(page.locator("#ours")).to_be_hidden()
    page.click("#start")
    for number, (kind, name) in enumerate(
        [("fact", "fct_rides"), ("fact", "drivers"), ("dimension", "city")]
    ):
        row = page.locator("#own li").nth(number)
        row.locator("select").select_option(kind)
        row.locator("[name=name]").fill(name)
    page.click("#compare")
    ticked = page.locator("#ours tr:has(input:checked) th code").all_inner_texts()
    # A driver is no fact, so it is not taken for our dimension.
    assert sorted(ticked) == ["dim_cities", "fct_rides"]
    page.click("#keep")
    (kept,) = history(page)
    assert kept["share"] == pytest.approx(2 / page.locator("#ours input").count())
    expect(page.locator("svg.entities")).to_be_visible()
    assert serious_findings(page) == []


def test_progress_says_what_is_done_what_is_weak_and_what_comes_next(
    opened: Opened,  # noqa: F811
    site: Path,
    tmp_path: Path,
) -> None:
    page = opened.go(address(site, "practice/index.html"))
    expect(page.locator("#shown")).to_have_text(f"{len(EXERCISES)} exercises")
    page.evaluate(
        """(id) => {
          gsmt.history.add({ kind: "sql", id, seconds: 61, result: "solved" });
          const weak = document.querySelector("tr[data-id][data-skill=funnel]");
          gsmt.history.add({ kind: "sql", id: weak.dataset.id, seconds: 9, result: "failed" });
        }""",
        EXAMPLE.id,
    )
    expect(page.locator("#progress")).to_contain_text(f"1 of {len(EXERCISES)} exercises")
    expect(page.locator("tr.weak th")).to_contain_text("Funnel")
    expect(page.locator("#next")).to_contain_text("Steps that follow each other")
    row = page.locator("tr[data-skill=ratio_of_sums]:not([data-id])")
    assert row.locator("td").all_inner_texts()[0::2] == ["1", "1:01"]
    page.select_option("select[name=state]", "solved")
    expect(page.locator("#shown")).to_have_text("1 exercises")
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "practice.json")
    kept = json.loads((tmp_path / "practice.json").read_text(encoding="utf-8"))
    assert next(one["id"] for one in kept) == EXAMPLE.id
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#forget")
    expect(page.locator("#progress")).to_contain_text(f"0 of {len(EXERCISES)} exercises")
    assert history(page) == []


def test_a_mock_draws_its_parts_and_adds_them_up(opened: Opened, site: Path) -> None:  # noqa: F811
    page = opened.go(address(site, "practice/index.html"))
    page.wait_for_function("document.getElementById('shown').textContent")
    page.click("#draw-mock")
    page.wait_for_url("**/practice/interviews/*.html")
    bar = page.locator("aside.mock")
    assert bar.locator(".clock").inner_text() in {f"{MOCK_MINUTES}:00", f"{MOCK_MINUTES - 1}:59"}
    parts = page.evaluate("gsmt.mock.running().parts")
    assert [part["kind"] for part in parts] == ["interview", "sql", "sql", "modelling"]
    assert len({part["id"] for part in parts}) == len(parts)
    page.evaluate(
        "(id) => gsmt.history.add({ kind: 'sql', id, seconds: 9, result: 'solved' })",
        parts[1]["id"],
    )
    expect(bar.locator("li").nth(1)).to_contain_text("100 %")
    bar.locator("button").click()
    page.wait_for_url("**/practice/index.html*")
    expect(page.locator(".history tbody tr").first).to_contain_text("marked, 25 %")
    assert page.locator("aside.mock").count() == 0


def test_the_benchmark_finds_the_first_answer_of_a_page(
    browser: Any,  # noqa: F811
    site: Path,
) -> None:
    queries = {"practice/sql/ride_sharing.html": "select count(*) from fct_rides"}
    [(cold, warm)] = first_answers(browser, site, queries, runs=1).values()
    assert 0 < warm < cold


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_it_works_from_a_server_too(opened: Opened, served: str) -> None:  # noqa: F811
    page = opened.go(f"{served}/practice/sql/ride_sharing.html#carpool_ride_penetration")
    write(page, EXAMPLE.solution)
    page.click("#check")
    expect(page.locator("#verdict")).to_contain_text("Right")
    # A site without an icon is asked for one.
    opened.errors[:] = [error for error in opened.errors if "404" not in error]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_the_pages_are_without_error_overflow_overlap_or_finding_of_axe(
    browser: Any,  # noqa: F811
    site: Path,
    width: int,
    theme: str,
) -> None:
    window = Opened(browser, width, theme)
    for path in ("index", "interviews/2.1.1", "modelling/short_video", "sql/short_video"):
        page = window.go(address(site, f"practice/{path}.html"))
        if path.startswith("sql/"):
            page.evaluate("gsmt.practice.ready()")
            write(page, "select 'text' as a, 1 as b -- and so on")
            page.click("#check")
            expect(page.locator("#verdict")).to_contain_text("Not yet")
        page.evaluate(
            """() => {
              for (const one of document.querySelectorAll("details")) one.open = true;
              for (const one of document.querySelectorAll(".uncover, #compare")) one.click();
            }"""
        )
        assert window.errors == [], path
        assert page.evaluate(OVERLAPS) == [], path
        assert serious_findings(page) == [], path
    window.close()
