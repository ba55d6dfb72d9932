"""The site in a browser: what is drawn on every page, in light and dark, on phone and screen."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.site.benchmark import first_charts
from scripts.site.pages import Site
from scripts.site.units import Format
from scripts.site.world import World, read_world
from tests.python.builds import Build, by_day
from tests.python.made_up_dashboard import FEATURES, PER_MOVE, make_up
from tests.python.web_pages import read_data

CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to open the pages with")

PHONE, SCREEN = 390, 1400
# Every text and box that is seen, and lies outside of what holds it or on another of its kind.
OVERLAPS = """
() => {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
  for (const text of document.querySelectorAll(".plot svg text")) {
    const box = text.getBoundingClientRect();
    if (seen(text) && (box.left < 0 || box.right > innerWidth + 1)) {
      found.push(`${text.textContent} is cut off`);
    }
  }
  const groups = ["header.site > *", ".tile", ".card > *", ".card > header > *", ".controls > *",
                  "details.step", ".experiment section", "article.signal"];
  for (const selector of groups) {
    const boxes = [...document.querySelectorAll(selector)].filter(seen)
      .map((one) => [one, one.getBoundingClientRect()]);
    boxes.forEach(([one, a], number) => {
      for (const [other, b] of boxes.slice(Math.max(0, number - 12), number)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        const nested = one.contains(other) || other.contains(one);
        if (wide > 1 && high > 1 && !nested) {
          const texts = [one, other].map((box) => box.textContent.trim().slice(0, 30));
          found.push(`${selector}: ${texts.join(" | ")}`);
        }
      }
    });
  }
  return found;
}
"""
# What each dot of a line says, and the value at the height at which it is drawn.
DOTS = """
(id) => [...document.querySelectorAll(`#${CSS.escape(id)} figure.line svg`)].flatMap((svg) =>
  [...svg.querySelectorAll("g.numbers circle")].map((circle) => ({
    day: circle.dataset.day,
    member: circle.dataset.member,
    value: Number(circle.dataset.value),
    drawn: svg.valueAt(Number(circle.getAttribute("cy"))),
    pixel: Math.abs(svg.valueAt(0) - svg.valueAt(1)),
    hollow: circle.getAttribute("fill") === "var(--surface)",
  })))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Opened:
    """A page that is open, and what its console says of errors."""

    def __init__(self, browser: Browser, width: int = SCREEN, theme: str = "light") -> None:
        """Open a window of a width, in light or dark; motion is reduced."""
        self._context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        self.page: Page = self._context.new_page()
        self.errors: list[str] = []
        self.page.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def go(self, address: str) -> Page:
        """Go to a page; a new one even where only what is behind the # differs."""
        self.page.goto("about:blank")
        self.page.goto(address)
        return self.page

    def close(self) -> None:
        """Close the window."""
        self._context.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    found = Opened(browser)
    yield found
    assert found.errors == []
    found.close()


def address(site: Path, page: str, view: str = "") -> str:
    return f"{(site / page).resolve().as_uri()}{'#' + view if view else ''}"


def pages_of(site: Path) -> list[str]:
    """Every page but those of practice, which test_practice_in_browser opens."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [page for page in pages if not page.startswith("practice/")]


def draw_everything(page: Page) -> None:
    """Scroll through the page, so that all pictures are drawn."""
    page.evaluate(
        """
        async () => {
          for (const card of document.querySelectorAll("[data-metric], .plot")) {
            card.scrollIntoView();
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 5)));
          }
          scrollTo(0, 0);
        }
        """
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll("figure.line .plot")].every(
          (plot) => !plot.checkVisibility() || plot.querySelector("svg, .empty"))"""
    )


# By day each width and each theme once.
BY_DAY = [(SCREEN, "light"), (PHONE, "dark")]
LOOKS = by_day(BY_DAY, [(width, theme) for width in (PHONE, SCREEN) for theme in ("light", "dark")])


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_page_opens_without_an_error_overflow_overlap_or_finding_of_axe(
    browser: Browser, site: Path, width: int, theme: str
) -> None:
    window = Opened(browser, width, theme)
    world = "degraded" if theme == "dark" else "healthy"
    for path in pages_of(site):
        page = window.go(address(site, path, f"?answer=open&world={world}"))
        draw_everything(page)
        assert window.errors == [], path
        assert page.evaluate(OVERLAPS) == [], path
        # Of tables behind pictures and of queries, which are alike and long, the first is enough.
        page.evaluate(
            """() => {
              const many = ["details.numbers", "details.queries"];
              const rest = `details:not(${many.join(", ")})`;
              const found = many.map((one) => document.querySelector(one)).filter(Boolean);
              for (const one of [...document.querySelectorAll(rest), ...found]) one.open = true;
            }"""
        )
        assert serious_findings(page, only_colours=theme == "dark") == [], path
    window.close()


def serious_findings(page: Page, only_colours: bool = False) -> list[str]:
    """What axe finds that is serious: dark differs from light by its colours alone."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if only_colours:
        options["runOnly"] = ["color-contrast"]
    return [
        f"{one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in Axe().run(page, options=options).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("world", ["healthy", "degraded"])
def test_the_numbers_that_are_drawn_are_those_of_the_marts(
    request: pytest.FixtureRequest, opened: Opened, site: Path, world: str
) -> None:
    build: Build = request.getfixturevalue(world)
    compared = 0
    for question in build.manifest().questions():
        page = opened.go(
            address(site, f"questions/{question.id}.html", f"?answer=open&world={world}")
        )
        draw_everything(page)
        for metric in build.manifest().metrics():
            if metric.question != question.id:
                continue
            main = read_data(site, f"{question.id}/{metric.name}.{world}")["main"]
            expected = {
                day: (value, is_complete)
                for day, value, is_complete in build.query(
                    f"""
                    select cast(period_start as varchar), value, is_complete from metric_values
                    where
                        metric_id = '{metric.name}' and statistic = '{main["statistic"]}'
                        and period_grain = '{main["grain"]}' and dimension = 'all'
                        and value is not null
                    """
                )
            }
            dots = page.evaluate(DOTS, f"metric-{metric.name}")
            assert {dot["day"] for dot in dots} == expected.keys(), metric.name
            for dot in dots:
                value, is_complete = expected[dot["day"]]
                assert dot["value"] == pytest.approx(value, rel=1e-5)
                assert abs(dot["drawn"] - value) < 0.1 * dot["pixel"] + 1e-9, metric.name
                assert dot["hollow"] == (not is_complete)
                compared += 1
    assert compared > 1000


def test_grain_statistic_and_slice_are_drawn_as_they_are_chosen(
    opened: Opened, site: Path, healthy: Build
) -> None:
    card = "#metric-carpool_ride_penetration"
    page = opened.go(address(site, "questions/1.1.2.html", "metric-carpool_ride_penetration"))
    page.locator(f"{card} .segments button", has_text="month").click()
    page.locator(f"{card} select[data-control=slice]").select_option("city")
    rows = healthy.query(
        """
        select member, cast(period_start as varchar), value from mart_carpool_ride_penetration
        where period_grain = 'month' and dimension = 'city' and value is not null
        """
    )
    drawn = page.evaluate(DOTS, card[1:])
    assert {(dot["member"], dot["day"]): dot["value"] for dot in drawn} == {
        (member, day): pytest.approx(value, rel=1e-5) for member, day, value in rows
    }
    members = {member for member, *_ in rows}
    assert page.locator(f"{card} .multiples svg").count() == len(members)
    page.locator(f"{card} input[type=checkbox]").uncheck()
    assert page.locator(f"{card} figure.line svg").count() == 1
    # Its table says the same in words.
    page.locator(f"{card} figure.line details.numbers > summary").click()
    page.locator(f"{card} figure.line tbody tr").first.wait_for()
    told = page.locator(f"{card} figure.line tbody tr").count()
    [(all_rows,)] = healthy.query(
        """
        select count(*) from mart_carpool_ride_penetration
        where period_grain = 'month' and dimension = 'city'
        """
    )
    assert told == all_rows


def test_a_target_draws_the_statistic_that_it_judges(opened: Opened, site: Path) -> None:
    name = "carpool_average_detour_time"
    page = opened.go(address(site, "questions/1.1.2.html", f"metric-{name}"))
    card = page.locator(f"#metric-{name}")
    data = read_data(site, f"1.1.2/{name}.healthy")
    [target] = data["targets"]
    assert target["statistic"] != data["main"]["statistic"]
    card.locator(".card-targets li:visible button").click()
    assert card.locator("select[data-control=statistic]").input_value() == target["statistic"]
    assert f"target {target['rule']}" in (
        card.locator("figure.line svg").first.text_content() or ""
    )


def test_a_statistic_is_written_in_its_unit_as_python_writes_it(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "questions/1.1.2.html"))
    values = [None, 0, 0.5, 1, 0.0625, 0.125, 0.26385, 0.00123, 12.345, 99.95, 123.5, 1234567, -0.5,
              -1234.5, 1.005, 2.675, -0.0001]  # fmt: skip
    for style in ("share", "dollars", "plain"):
        written = page.evaluate(
            "([style, values]) => values.map((one) => gsmt.number({style}, one))", [style, values]
        )
        assert written == [Format(style).text(value) for value in values]


def test_a_world_is_switched_by_a_button_and_by_the_address(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "index.html"))
    assert page.locator(".strip li.missed:visible").count() == 0
    page.locator("#world button", has_text="Degraded").click()
    assert page.locator(".strip li.missed:visible").count() > 20
    assert page.locator(".strip li.met:visible").count() == 0
    page.locator(".tile h2 a").first.click()
    page.wait_for_url("**/questions/1.1.2.html#?world=degraded")
    page.locator(".banner:visible").wait_for()
    assert page.evaluate("document.documentElement.dataset.world") == "degraded"


def test_an_answer_is_folded_until_it_is_asked_for(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "questions/1.1.2.html"))
    assert page.locator("details.step[open]").count() == 0
    assert not page.locator(".goals").is_visible()
    page.locator("#show-all").click()
    assert page.locator("details.step:not([open])").count() == 0
    assert page.locator(".goals").is_visible()


def test_search_finds_by_the_keyboard_alone(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "index.html"))
    page.keyboard.press("/")
    page.keyboard.type("fare_usd")
    page.locator("#search li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/1.1.2.html#signal-*")
    assert page.locator("article.signal:target, article.signal[id]").first.is_visible()


def test_the_board_of_targets_is_filtered_and_the_filter_can_be_sent(
    opened: Opened, site: Path, healthy: Build
) -> None:
    page = opened.go(address(site, "targets.html"))
    page.locator("select[name=severity]").select_option("warn")
    warned = healthy.query("select target_id from target_status where severity = 'warn'")
    rows = page.locator("table.board tbody tr:visible")
    assert rows.count() == len(warned) > 0
    sent = page.url
    page = opened.go(sent)
    assert page.locator("select[name=severity]").input_value() == "warn"
    assert page.locator("table.board tbody tr:visible").count() == len(warned)


def test_lifts_of_an_experiment_are_drawn_as_its_readout_has_them(
    opened: Opened, site: Path, healthy: Build
) -> None:
    page = opened.go(address(site, "experiments/cloud_storage.html"))
    page.locator(".forest circle:visible").first.wait_for()
    drawn = page.evaluate(
        """() => {
          const svg = document.querySelector(".in-healthy .forest svg");
          return [...svg.querySelectorAll("g.numbers circle")].map((one) => [
            one.dataset.metric, svg.valueAt(Number(one.getAttribute("cx")))]);
        }"""
    )
    lifts = healthy.query(
        "select metric, lift from cloud_storage__experiment_readout where lift is not null"
    )
    assert dict(drawn) == {metric: pytest.approx(lift, abs=1e-3) for metric, lift in lifts}
    [(decision,)] = healthy.query("select distinct decision from cloud_storage__experiment_readout")
    assert page.locator(".decision:visible").inner_text() == decision


def test_two_metrics_that_decide_are_drawn_against_each_other_for_each_variant(
    opened: Opened, site: Path, healthy: Build
) -> None:
    page = opened.go(address(site, "experiments/news_feed.html"))
    page.locator(".trade-off circle:visible").first.wait_for()
    drawn = page.evaluate(
        """() => {
          const svg = document.querySelector(".in-healthy .trade-off svg");
          return [...svg.querySelectorAll("g.numbers circle")].flatMap((one) => {
            const at = (name) => Number(one.getAttribute(name));
            const values = svg.valuesAt(at("cx"), at("cy"));
            const { variant, across, up } = one.dataset;
            return [[variant, across, values[0]], [variant, up, values[1]]];
          });
        }"""
    )
    lifts = healthy.query(
        "select variant, metric, lift from news_feed__experiment_readout"
        " where role = 'primary' and lift is not null"
    )
    assert {(variant, metric): lift for variant, metric, lift in drawn} == {
        (variant, metric): pytest.approx(lift, abs=1e-3) for variant, metric, lift in lifts
    }
    variants = {variant for variant, _, _ in lifts}
    assert len(variants) == 2
    names = page.locator(".readout tbody tr:visible td:nth-child(2)").all_inner_texts()
    assert set(names) == variants
    assert set(page.locator(".decision:visible strong").all_inner_texts()) == variants
    assert page.locator(".forest svg:visible").count() == len(variants)


def test_a_query_is_shown_in_a_dialect_with_what_is_claimed_of_it(
    opened: Opened, site: Path
) -> None:
    page = opened.go(address(site, "questions/1.1.2.html", "metric-carpool_ride_penetration"))
    box = page.locator("#metric-carpool_ride_penetration details.queries")
    box.locator("summary").click()
    box.locator("select[name=dialect]").select_option("bigquery")
    texts = read_data(site, "1.1.2/carpool_ride_penetration.sql")
    expected = texts["carpool_ride_penetration"]["bigquery"]
    page.wait_for_function(
        "(text) => document.querySelector('details.queries[open] code').textContent === text",
        arg=expected,
    )
    assert "parsed only" in box.locator(".claim").inner_text()
    assert box.locator(".sql-keyword").count() > 3


def test_flows_of_a_sankey_are_as_wide_as_they_are_many(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "questions/5.1.1.html", "metric-engagement_tiers"))
    page.locator("#metric-engagement_tiers .flows path").first.wait_for()
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("#metric-engagement_tiers .flows path")].map(
          (one) => [one.dataset.source, one.dataset.target, Number(one.dataset.value),
          Number(one.getAttribute("stroke-width"))])"""
    )
    [picture] = read_data(site, "5.1.1/engagement_tiers.healthy")["pictures"]
    assert {(one[0], one[1]): one[2] for one in drawn} == {
        (one["source"], one["target"]): one["value"] for one in picture["rows"] if one["value"]
    }
    widths = [width / value for *_, value, width in drawn if width > 1]
    assert max(widths) == pytest.approx(min(widths), rel=0.01)


def test_markup_and_very_long_names_are_text_and_break_no_page(
    browser: Browser, healthy: Build, tmp_path: Path
) -> None:
    markup = "<img src=x onerror=\"alert(1)\"> 'quoted' " + "a_very_long_name_" * 12
    manifest = healthy.manifest()
    world = read_world(manifest, healthy.database, "healthy", "Healthy")
    spoilt = replace(world, series=_with_members(world, markup))
    Site(manifest, [spoilt], tmp_path).write()
    window = Opened(browser, PHONE)
    alerts: list[Any] = []
    window.page.on("dialog", lambda dialog: alerts.append(dialog.message))
    page = window.go(address(tmp_path, "questions/1.1.2.html", "metric-carpool_ride_penetration"))
    card = page.locator("#metric-carpool_ride_penetration")
    card.locator("select[data-control=slice]").select_option("city")
    card.locator(".member").first.wait_for()
    assert markup in card.locator(".member").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.locator("img").count() == 0
    assert alerts == []
    window.close()


def _with_members(world: World, markup: str) -> dict[str, Any]:
    return {
        name: replace(
            found,
            series=tuple(
                one if one.dimension == "all" else replace(one, member=f"{markup}{one.member}")
                for one in found.series
            ),
        )
        for name, found in world.series.items()
    }


def test_print_shows_the_whole_answer(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "questions/1.1.2.html"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details.step:not([open])").count() == 0
    assert not page.locator(".tools").is_visible()
    assert page.locator(".trade-offs").is_visible()


def test_the_benchmark_finds_the_first_chart_of_a_page(browser: Browser, site: Path) -> None:
    pages = ["index.html", "questions/7.1.1.html"]
    times = first_charts(browser, site, pages, 1)
    assert list(times) == pages
    assert min(times.values()) > 0


def test_dark_colours_can_be_chosen_and_are_remembered(opened: Opened, site: Path) -> None:
    page = opened.go(address(site, "index.html"))
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    page = opened.go(address(site, "targets.html"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
    assert re.search("true", page.locator("#theme").get_attribute("aria-pressed") or "")


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with nothing but the dashboard of made-up numbers."""
    folder = tmp_path_factory.mktemp("dashboard")
    manifest, database = make_up(folder)
    world = read_world(manifest, database, "healthy", "Healthy")
    Site(manifest, [world], folder / "site").write()
    return folder / "site"


@pytest.mark.parametrize(("width", "theme"), BY_DAY)
def test_the_dashboard_opens_without_an_error_overflow_overlap_or_finding_of_axe(
    browser: Browser, dashboard: Path, width: int, theme: str
) -> None:
    window = Opened(browser, width, theme)
    for view in ("", "?compare=group", "?compare=phase&feature=feed"):
        page = window.go(address(dashboard, "dashboards/2.1.4.html", view))
        draw_panels(page)
        assert window.errors == []
        assert page.evaluate(OVERLAPS) == []
    assert serious_findings(page) == []
    window.close()


def draw_panels(page: Page) -> None:
    page.wait_for_function(
        """() => [...document.querySelectorAll(".panel .plot")].every(
          (plot) => plot.querySelector("svg"))"""
    )


def test_a_filter_acts_on_all_panels_and_stands_in_the_address(
    opened: Opened, dashboard: Path
) -> None:
    page = opened.go(address(dashboard, "dashboards/2.1.4.html"))
    draw_panels(page)
    legends = page.locator(".panel .legend")
    before = legends.count()
    page.locator("select[name=compare]").select_option("group")
    page.locator("[data-group=adopter]").wait_for()
    assert legends.count() == before + 4
    page.locator("select[name=feature]").select_option("stories")
    page.wait_for_function("document.querySelectorAll('[data-feature]').length === 3")
    sent = page.url
    page = opened.go(sent)
    draw_panels(page)
    assert page.locator("select[name=feature]").input_value() == "stories"
    assert page.locator("[data-feature]").count() == 3
    assert page.locator("[data-group=adopter] .flows path").count() == 2


def test_flows_of_a_dashboard_reconcile_and_are_those_of_the_mart(
    opened: Opened, dashboard: Path
) -> None:
    page = opened.go(address(dashboard, "dashboards/2.1.4.html", "?compare=phase"))
    draw_panels(page)
    for phase in ("after", "before"):
        drawn = page.evaluate(
            """(group) => [...document.querySelectorAll(`[data-group="${group}"] .flows path`)].map(
              (one) => [one.dataset.source, one.dataset.target, Number(one.dataset.value)])""",
            phase,
        )
        assert {(one, two): value for one, two, value in drawn} == PER_MOVE
        for feature in FEATURES:
            came = sum(value for _, target, value in drawn if target == feature)
            assert came == sum(value for source, _, value in drawn if source == feature) > 0


def test_an_event_study_is_drawn_as_its_model_has_it(opened: Opened, dashboard: Path) -> None:
    page = opened.go(address(dashboard, "dashboards/2.1.4.html"))
    draw_panels(page)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".panel circle[data-week]")].map(
          (one) => [Number(one.dataset.week), Number(one.dataset.value)])"""
    )
    rows = read_data(dashboard, "dashboards/2.1.4.healthy")["models"]
    assert drawn == [
        [row["event_week"], row["difference"]] for row in rows["short_video__adoption_event_study"]
    ]
