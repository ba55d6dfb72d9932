"""Data Docs that open without a network: what their pages load from the web lies beside them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ASSETS = Path(__file__).parent / "data_docs_assets"

# What a page loads, by how its address ends (without the query), and the file that takes its place.
# Vega is not among them: it draws distributions, and no suite here expects one.
REPLACEMENTS = {
    "/bootstrap.min.css": "bootstrap-4.3.1/bootstrap.min.css",
    "/bootstrap.min.js": "bootstrap-4.3.1/bootstrap.min.js",
    "/bootstrap-prefers-dark.css": "bootstrap-dark-1.1.0/bootstrap-prefers-dark.min.css",
    "/bootstrap-datepicker.min.css": "bootstrap-datepicker-1.9.0/bootstrap-datepicker.min.css",
    "/bootstrap-datepicker.min.js": "bootstrap-datepicker-1.9.0/bootstrap-datepicker.min.js",
    "/bootstrap-table.min.css": "bootstrap-table-1.19.1/bootstrap-table.min.css",
    "/bootstrap-table.min.js": "bootstrap-table-1.19.1/bootstrap-table.min.js",
    "/bootstrap-table-filter-control.css": (
        "bootstrap-table-1.19.1/bootstrap-table-filter-control.min.css"
    ),
    "/bootstrap-table-filter-control.min.css": (
        "bootstrap-table-1.19.1/bootstrap-table-filter-control.min.css"
    ),
    "/bootstrap-table-filter-control.min.js": (
        "bootstrap-table-1.19.1/bootstrap-table-filter-control.min.js"
    ),
    "/font-awesome/6.6.0/css/all.min.css": "font-awesome-6.6.0/css/all.min.css",
    "/jquery-3.7.1.min.js": "jquery-3.7.1/jquery.min.js",
    "/popper.min.js": "popper-1.12.9/popper.min.js",
}
LOGO = "static/images/logo-long.png"

_LOADED_TAG = re.compile(
    r"""<(?P<tag>script|link|img)\b[^>]*?\b(?:src|href)="(?P<address>https?://[^"]+)"[^>]*>"""
    r"""(?:\s*</script>)?"""
)
_FAVICON = re.compile(r"""href="[./]*static/images/favicon\.ico\"""")
_PAGINATION = "'pagination': 'true', "
_DARK_LOGO = re.compile(r"""url\('https?://[^']+'\) 0 0 no-repeat;""")


def make_offline(data_docs: Path) -> None:
    """Rewrite every page below `data_docs` to load nothing from the web.

    What is bundled is linked by its relative path; anything else that a page would load, such as a
    web font or a tracking script, is taken out. Links that a reader may click stay. The index lists
    every suite on one page.
    """
    shutil.copytree(ASSETS, data_docs / "static" / "assets", dirs_exist_ok=True)
    for page in data_docs.rglob("*.html"):
        root = "../" * len(page.relative_to(data_docs).parent.parts)
        page.write_text(_offline(page.read_text(encoding="utf-8"), root), encoding="utf-8")


def _offline(html: str, root: str) -> str:
    def local(match: re.Match[str]) -> str:
        tag, address = match["tag"], match["address"].partition("?")[0]
        if tag == "img" and address.endswith("/logo-long.png"):
            return f'<img src="{root}{LOGO}" alt="Great Expectations" height="50">'
        for end, file in REPLACEMENTS.items():
            if address.endswith(end):
                path = f"{root}static/assets/{file}"
                if tag == "script":
                    return f'<script src="{path}"></script>'
                return f'<link rel="stylesheet" href="{path}">'
        return ""

    html = _LOADED_TAG.sub(local, html).replace(_PAGINATION, "")
    # On a page of results the favicon's own path climbs one folder too few.
    html = _FAVICON.sub(f'href="{root}static/images/favicon.ico"', html)
    # The white logo of the dark style is not in the package; the black one inverted is.
    return _DARK_LOGO.sub(f"url('{root}{LOGO}') 0 0 no-repeat; filter: invert(1);", html)
