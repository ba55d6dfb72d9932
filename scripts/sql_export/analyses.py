"""The whiteboard queries of `analyses/`, as dbt's manifest holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scripts.manifest import Manifest

REF = re.compile(r"\{\{ ref\('(\w+)'\) \}\}")
HEADER_LINE = re.compile(r"-- (?:(?P<key>[a-z]+): |  +)(?P<text>.+)")


@dataclass(frozen=True)
class Analysis:
    """The whiteboard query of a metric: a header of comments, and SQL over the clean events.

    What is made of a trained model is SQL over its scores, a fact.
    """

    metric: str
    scenario: str
    path: str
    header: str
    body: str

    @property
    def facts(self) -> dict[str, str]:
        """What the header says: its question, goal, metric, trap, grain and perhaps a note."""
        facts: dict[str, str] = {}
        key = ""
        for line in self.header.splitlines():
            found = HEADER_LINE.fullmatch(line)
            if found is None:
                raise ValueError(f"{self.path}: header line is not `-- key: text`: {line}")
            key = found["key"] or key
            facts[key] = f"{facts[key]} {found['text']}" if key in facts else found["text"]
        return facts

    @property
    def references(self) -> set[str]:
        """Names of the models that the query selects from."""
        return set(REF.findall(self.body))

    def sql(self, relation: Callable[[str], str]) -> str:
        """The query without its header; `relation` names the table of each model."""
        return REF.sub(lambda ref: relation(ref[1]), self.body)


def read_analyses(manifest: Manifest) -> list[Analysis]:
    """Every whiteboard query, by scenario and metric."""
    found = [
        _analysis(node) for node in manifest.nodes.values() if node["resource_type"] == "analysis"
    ]
    return sorted(found, key=lambda analysis: (analysis.scenario, analysis.metric))


def is_event(model: str) -> bool:
    """Whether a model is the staging model of an event, and not a fact made from events."""
    return model.startswith("stg_")


def event_table(model: str) -> str:
    """The bare name of a staging model's event: user_first_ride of stg_..__user_first_ride."""
    return model.split("__", 1)[1]


def _analysis(node: dict[str, Any]) -> Analysis:
    lines = node["raw_code"].strip().splitlines()
    length = next(
        (number for number, line in enumerate(lines) if not line.startswith("--")), len(lines)
    )
    path = PurePosixPath(node["original_file_path"])
    return Analysis(
        metric=node["name"],
        scenario=path.parent.name,
        path=str(path),
        header="\n".join(lines[:length]),
        body="\n".join(lines[length:]) + "\n",
    )
