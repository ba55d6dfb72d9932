"""The description of a metric, taken apart: its grain, formula, trap, trade-offs and slices."""

from __future__ import annotations

import re
from dataclasses import dataclass

# How a paragraph of a description begins, and what it tells.
PARTS = {
    "Formula": "formula",
    "Trap": "trap",
    "Trade-offs": "trade_offs",
    "Slices": "slices",
}


@dataclass(frozen=True)
class Description:
    """What a description says; each part is plain text, empty where it says nothing of it.

    `grain` is its first sentence, "One row per ..."; `more` are the paragraphs of no other part.
    """

    grain: str
    formula: str = ""
    trap: str = ""
    trade_offs: str = ""
    slices: str = ""
    more: tuple[str, ...] = ()


def read_description(text: str) -> Description:
    """Take a description apart by its paragraphs."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]
    parts: dict[str, str] = {}
    more = []
    for paragraph in paragraphs[1:]:
        head, _, rest = paragraph.partition(":")
        if head in PARTS and PARTS[head] not in parts:
            parts[PARTS[head]] = rest.strip()
        else:
            more.append(paragraph)
    return Description(paragraphs[0], more=tuple(more), **parts)
