"""What the site weighs and how soon it draws: `python -m scripts.site.benchmark`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from playwright.sync_api import Browser, sync_playwright
from rich.table import Table

from scripts.practice.exercises import read_exercises
from scripts.site.pictures import BROWSERS, MISSING
from scripts.terminal import plain, wide_console

# When the page last showed the rows of a query.
ANSWERED = "performance.getEntriesByName('answer').at(-1).startTime"
# When the first line of a card was drawn, or on a page of HTML alone when there was something.
DRAWN = """(performance.getEntriesByName("chart")[0]
  ?? performance.getEntriesByName("first-contentful-paint")[0])?.startTime"""


def weights(site: Path) -> dict[str, tuple[int, int]]:
    """Bytes of each page with all numbers of one world, and of the library beside it."""
    found = {}
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        html = page.read_text(encoding="utf-8")
        if "assets/page.js" not in html:
            # A page that another tool wrote.
            continue
        names = re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', html)
        loads = [page.parent / name for name in names]
        library = [load for load in loads if "vendor" in load.parts]
        data = site / "data" / page.stem
        own = [page, *(load for load in loads if load not in library), site / "data" / "search.js"]
        if path.startswith(("questions/", "dashboards/")):
            on_demand = (".degraded.js", ".sql.js")
            own += [one for one in data.iterdir() if not one.name.endswith(on_demand)]
        found[path] = (sum(one.stat().st_size for one in own), sum(map(_size, library)))
    return found


def _size(file: Path) -> int:
    return file.stat().st_size


def first_charts(browser: Browser, site: Path, pages: list[str], runs: int) -> dict[str, float]:
    """Milliseconds until the first picture of each page is drawn; the median of some runs."""
    found = {}
    for path in pages:
        times = []
        for _ in range(runs):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            view = "#metrics?answer=open" if path.startswith("questions/") else ""
            page.goto(f"{(site / path).resolve().as_uri()}{view}")
            if "vendor/d3" in (site / path).read_text(encoding="utf-8"):
                page.wait_for_function("performance.getEntriesByName('chart').length")
            page.wait_for_function(DRAWN)
            times.append(float(page.evaluate(DRAWN)))
            page.close()
        found[path] = median(times)
    return found


def first_answers(
    browser: Browser, site: Path, queries: Mapping[str, str], runs: int
) -> dict[str, tuple[float, float]]:
    """Milliseconds until a page of exercises answers a query, from a cold start and afterwards.

    The first is from opening the page to its answer, DuckDB's start included; the second from the
    key to the answer. Medians of some runs; `queries` are by page.
    """
    found = {}
    for path, query in queries.items():
        times = []
        for _ in range(runs):
            # A context of its own has nothing in its caches.
            context = browser.new_context(viewport={"width": 1400, "height": 900})
            page = context.new_page()
            page.goto((site / path).resolve().as_uri())
            page.locator(".cm-content").fill(query)
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("#result table")
            cold = float(page.evaluate(ANSWERED))
            page.evaluate("document.getElementById('result').replaceChildren()")
            pressed = float(page.evaluate("performance.now()"))
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("#result table")
            times.append((cold, float(page.evaluate(ANSWERED)) - pressed))
            context.close()
        found[path] = (median(cold for cold, _ in times), median(warm for _, warm in times))
    return found


def main(
    site: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("target/site"),
    runs: Annotated[int, typer.Option(min=1, help="How often each page is opened.")] = 5,
) -> None:
    """Print the weight of each page and when its first picture is there, by the browser's clock.

    Exit status: 0; 2 there is no browser, or no site.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not (site / "index.html").exists():
        typer.secho(MISSING, fg="red", err=True)
        raise typer.Exit(2)
    sizes = weights(site)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        times = first_charts(started, site, list(sizes), runs)
        answers = first_answers(started, site, practice_queries(site), runs)
        started.close()
    table = Table(box=None, pad_edge=False)
    for heading in ("page", "bytes", "library", "first picture"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for path, (own, library) in sizes.items():
        cells = (path, f"{own:,}", f"{library:,}", f"{times[path]:.0f} ms")
        table.add_row(*map(plain, cells))
    wide_console().print(table)
    if answers:
        table = Table(box=None, pad_edge=False)
        for heading in ("page", "first answer", "next answer"):
            table.add_column(heading, justify="left" if heading == "page" else "right")
        for path, (cold, warm) in answers.items():
            table.add_row(plain(path), f"{cold:.0f} ms", f"{warm:.0f} ms")
        wide_console().print(table)


def practice_queries(site: Path) -> dict[str, str]:
    """A solution of an exercise of each page of exercises, by the page."""
    solutions = {
        f"practice/sql/{exercise.scenario}.html": exercise.solution for exercise in read_exercises()
    }
    return {page: query for page, query in solutions.items() if (site / page).exists()}


if __name__ == "__main__":
    typer.run(main)
