"""Text for the terminal: what a table or a line shows of data is never taken for its commands."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: object, style: str = "") -> Text:
    """Text as it is: square brackets are no style, and control characters show as their codes."""
    shown = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", str(text))
    return Text(shown, style=style)


def wide_console() -> Console:
    """The terminal, or 160 columns where the output goes elsewhere, so that no table is cut."""
    return Console(width=None if Console().is_terminal else 160)
