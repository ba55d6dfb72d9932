"""What each mart asks of the macros of metrics: which rows, on which day, by which statistics."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from scripts.manifest import Manifest, Metric
from scripts.rendering import Renderer

# A mart's code as dbt renders it, with a note in the place of each metric that it asks for.
NOTED = "{{ render(with_noted_calls(model.raw_code)) }}"
_NOTE = re.compile(r"/\*gsmt (.*?) gsmt\*/", re.DOTALL)
# The common table expression that the metric was about to be put into.
_BEGUN = re.compile(r"(\w+) as \(\s*$")


@dataclass(frozen=True)
class Call:
    """A macro that a mart calls, with what it asks of it; `name` is that of its expression."""

    macro: str
    name: str
    asked: dict[str, Any]
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Mart:
    """A mart: its metric, the names of what it reads, and its calls in their order.

    `apart` are slices in which the mart's own SQL makes other numbers of these, each with why.
    """

    metric: Metric
    reads: tuple[str, ...]
    calls: tuple[Call, ...]
    apart: dict[str, str]


def marts_with_calls(manifest: Manifest, renderer: Renderer) -> list[Mart]:
    """Every mart with what it asks for, by scenario and name."""
    found = []
    for metric in manifest.metrics():
        node = manifest.model(metric.model)
        noted = renderer.render(node["unique_id"], NOTED)
        reads = tuple(sorted(name.split(".")[2] for name in node["depends_on"]["nodes"]))
        apart = node["config"]["meta"]["gsmt"].get("slices_apart", {})
        found.append(Mart(metric, reads, tuple(_calls(noted)), apart))
    return found


def _calls(noted: str) -> list[Call]:
    found = []
    for note in _NOTE.finditer(noted):
        asked = json.loads(note[1])
        begun = _BEGUN.search(noted[: note.start()])
        arguments = tuple(asked.pop("arguments"))
        found.append(Call(asked.pop("macro"), begun[1] if begun else "", asked, arguments))
    return found
