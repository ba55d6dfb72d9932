"""Pictures of the site for the README: `python -m scripts.site.pictures`, after `make site`."""

from __future__ import annotations

import base64
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scripts.manifest import PROJECT

PICTURES = PROJECT / "docs" / "pictures"
# What all pictures together may weigh.
MOST_BYTES = 300_000
QUALITY = 82
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "error: this needs Chromium and a site; run `make site` first"


@dataclass(frozen=True)
class Picture:
    """A picture: a page with what stands behind its #, what of it is seen, and its colours."""

    name: str
    page: str
    selector: str | None
    theme: str = "light"
    width: int = 1200
    height: int = 760


SHOWN = (
    Picture("home", "index.html", None),
    Picture(
        "metric",
        "questions/1.1.2.html#metric-carpool_ride_penetration",
        "#metric-carpool_ride_penetration",
    ),
    Picture("missed", "targets.html#?world=degraded", None, theme="dark", height=620),
    Picture("dashboard", "dashboards/2.1.4.html#?compare=group", None, height=1100),
)


def take(site: Path, out: Path, browser_path: str) -> list[Path]:
    """Take every picture whose page is there, as WebP files in a folder."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    written = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for picture in SHOWN:
            if not (site / picture.page.split("#")[0]).exists():
                continue
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.theme == "dark" else "light",
                reduced_motion="reduce",
            )
            page.goto(f"{site.resolve().as_uri()}/{picture.page}")
            page.wait_for_timeout(1500)
            area = {"x": 0, "y": 0, "width": picture.width, "height": picture.height, "scale": 1}
            if picture.selector:
                box = page.evaluate(
                    """(selector) => {
                      const box = document.querySelector(selector).getBoundingClientRect();
                      return [box.x, box.y + scrollY, box.width, box.height];
                    }""",
                    picture.selector,
                )
                area |= dict(zip(("x", "y", "width", "height"), box, strict=True))
            # Only the browser's own protocol writes WebP, a third of the size of PNG.
            session = page.context.new_cdp_session(page)
            options = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True}
            answer = session.send("Page.captureScreenshot", {**options, "clip": area})
            file = out / f"{picture.name}.webp"
            file.write_bytes(base64.b64decode(answer["data"]))
            written.append(file)
            page.close()
        browser.close()
    return written


def main(
    site: Annotated[Path, typer.Option(help="Folder of the site.")] = Path("target/site"),
    out: Annotated[Path, typer.Option(help="Folder of the pictures.")] = PICTURES,
) -> None:
    """Take the pictures of the README with the Chromium that is installed.

    Exit status: 0; 1 they are too large together; 2 there is no browser, or no site.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not (site / "index.html").exists():
        typer.secho(MISSING, fg="red", err=True)
        raise typer.Exit(2)
    files = take(site, out, browser)
    weight = sum(file.stat().st_size for file in files)
    typer.echo(f"{len(files)} pictures, {weight:,} bytes, in {out}")
    if weight > MOST_BYTES:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
