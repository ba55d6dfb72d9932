"""The whiteboard queries of `analyses/`, as dbt's manifest holds them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import sqlglot
from sqlglot import exp

from scripts.manifest import Manifest
from scripts.sql_export.dialects import SOURCE

REF = re.compile(r"\{\{ ref\('(\w+)'\) \}\}")
_BY, _IN_FULL = "_by_", "_in_full"
HEADER_LINE = re.compile(r"-- (?:(?P<key>[a-z]+): |  +)(?P<text>.+)")


@dataclass(frozen=True)
class Analysis:
    """A whiteboard query of a metric: a header of comments, and SQL.

    Its name says what it gives: `<metric>` the number, `<metric>_by_<slice>` the same for each
    member of a slice, `<metric>_in_full` every statistic. A metric's own name may say `by`, too.
    """

    name: str
    metric: str
    scenario: str
    path: str
    header: str
    body: str

    @property
    def slice(self) -> str:
        """The slice whose members are the rows; empty where the query gives totals."""
        _, _, member = self.name.removeprefix(self.metric).partition(_BY)
        return member

    @property
    def is_full(self) -> bool:
        """Whether it gives every statistic of the metric, at any length."""
        return self.name == self.metric + _IN_FULL

    @property
    def columns(self) -> list[str]:
        """Names of the columns that the query gives."""
        query = sqlglot.parse_one(self.sql(str), read=SOURCE)
        assert isinstance(query, exp.Query)
        return query.named_selects

    @property
    def facts(self) -> dict[str, str]:
        """What the header says: its question, goal, metric and grain, perhaps trap and note."""
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
    """Every whiteboard query, by scenario and name."""
    metrics = [metric.name for metric in manifest.metrics()]
    found = [
        _analysis(node, metrics)
        for node in manifest.nodes.values()
        if node["resource_type"] == "analysis"
    ]
    return sorted(found, key=lambda analysis: (analysis.scenario, analysis.name))


def is_event(model: str) -> bool:
    """Whether a model is the staging model of an event, and not a fact made from events."""
    return model.startswith("stg_")


def event_table(model: str) -> str:
    """The bare name of a staging model's event: user_first_ride of stg_..__user_first_ride."""
    return model.split("__", 1)[1]


def metric_of(name: str, metrics: list[str]) -> str:
    """The metric that a query is of: of two that fit, the one that says more of its name."""
    fitting = [
        metric
        for metric in metrics
        if name in (metric, metric + _IN_FULL) or name.startswith(metric + _BY)
    ]
    return max(fitting, key=len, default=name)


def _analysis(node: dict[str, Any], metrics: list[str]) -> Analysis:
    lines = node["raw_code"].strip().splitlines()
    length = next(
        (number for number, line in enumerate(lines) if not line.startswith("--")), len(lines)
    )
    path = PurePosixPath(node["original_file_path"])
    return Analysis(
        name=node["name"],
        metric=metric_of(node["name"], metrics),
        scenario=path.parent.name,
        path=str(path),
        header="\n".join(lines[:length]),
        body="\n".join(lines[length:]) + "\n",
    )
