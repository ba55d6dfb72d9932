"""The chain of questions, signals, metrics and targets, read from dbt's manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Column:
    """A column as its YAML declares it; `data_type` is one of the project's types."""

    name: str
    data_type: str
    description: str
    rules: dict[str, Any]


@dataclass(frozen=True)
class Signal:
    """An event and its fields, from the YAML of its staging model.

    `logged_by` is client or server, or derived: then it is a fact made from other signals. `areas`
    are the ids of the areas whose goal it would show.
    """

    name: str
    scenario: str
    model: str
    description: str
    columns: tuple[Column, ...]
    logged_by: str
    areas: tuple[str, ...]

    @property
    def is_derived(self) -> bool:
        """Whether it is made from other signals, and never comes as a raw event."""
        return self.logged_by == "derived"


@dataclass(frozen=True)
class Target:
    """What winning is for a metric, as declared; overrides show in the target status only."""

    id: str
    metric: str
    description: str
    basis: str
    statistic: str
    severity: str


@dataclass(frozen=True)
class Metric:
    """A metric, from the YAML of its mart. `statistics` maps each to meaning, minimum, maximum."""

    name: str
    scenario: str
    question: str
    area: str
    label: str
    unit: str
    model: str
    relation: str
    description: str
    columns: tuple[Column, ...]
    slices: tuple[str, ...]
    statistics: dict[str, dict[str, Any]]
    targets: tuple[Target, ...]


@dataclass(frozen=True)
class Question:
    """A product question, from its exposure; an area has its id, name, goal and signals."""

    id: str
    scenario: str
    title: str
    goal: str
    areas: tuple[dict[str, Any], ...]
    exposure: str
    text: str


class Manifest:
    """A parsed manifest.json."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Take the content of manifest.json as it was read."""
        self.nodes: dict[str, dict[str, Any]] = content["nodes"]
        self.exposures: dict[str, dict[str, Any]] = content["exposures"]
        self.unit_tests: dict[str, dict[str, Any]] = content["unit_tests"]
        self.project: str = content["metadata"]["project_name"]

    def only(self, scenario: str) -> Manifest:
        """The same without the nodes of other scenarios, for where one is built alone."""
        nodes = {name: node for name, node in self.nodes.items() if node["fqn"][1] == scenario}
        content = {"nodes": nodes, "exposures": self.exposures, "unit_tests": self.unit_tests}
        return Manifest({**content, "metadata": {"project_name": self.project}})

    def models(self) -> list[dict[str, Any]]:
        """Every model of the project, by name."""
        models = (node for node in self.nodes.values() if node["resource_type"] == "model")
        return sorted(models, key=lambda node: str(node["name"]))

    def model(self, name: str) -> dict[str, Any]:
        """The node of a model; KeyError for a name that does not exist."""
        return self.nodes[f"model.{self.project}.{name}"]

    def signals(self) -> list[Signal]:
        """Every signal, by scenario and name."""
        found = [
            Signal(
                name=facts["signal"],
                scenario=facts["scenario"],
                model=node["name"],
                description=node["description"].strip(),
                columns=_columns(node),
                logged_by=facts["logged_by"],
                areas=tuple(facts.get("areas", ())),
            )
            for node in self.models()
            if "signal" in (facts := _facts(node))
        ]
        return sorted(found, key=lambda signal: (signal.scenario, signal.name))

    def metrics(self) -> list[Metric]:
        """Every metric, by scenario and name."""
        found = [
            _metric(node, facts) for node in self.models() if "metric" in (facts := _facts(node))
        ]
        return sorted(found, key=lambda metric: (metric.scenario, metric.name))

    def questions(self) -> list[Question]:
        """Every question, by id; its areas have the signals that name them, by name."""
        signals = self.signals()
        found = [
            Question(
                id=facts["question"],
                scenario=facts["scenario"],
                title=exposure["label"],
                goal=facts["goal"],
                areas=tuple(
                    {**area, "signals": [one.name for one in signals if area["id"] in one.areas]}
                    for area in facts["areas"]
                ),
                exposure=exposure["name"],
                text=exposure["description"].strip(),
            )
            for exposure in self.exposures.values()
            if "question" in (facts := _facts(exposure))
        ]
        return sorted(found, key=lambda question: question.id)


def read_manifest(target: Path) -> Manifest:
    """Read the manifest of a dbt target folder.

    Raises:
        FileNotFoundError: dbt has not run there; the message says what to do.
    """
    path = target / "manifest.json"
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist; run `make build` (or `dbt build`) first")
    return Manifest(json.loads(path.read_text(encoding="utf-8")))


def _facts(node: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = node["config"].get("meta", {}).get("gsmt", {})
    return facts


def _columns(node: dict[str, Any]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=column["name"],
            data_type=column["data_type"] or "string",
            description=column["description"].strip(),
            rules=column["meta"].get("rules", {}),
        )
        for column in node["columns"].values()
    )


def _metric(node: dict[str, Any], facts: dict[str, Any]) -> Metric:
    return Metric(
        name=facts["metric"],
        scenario=facts["scenario"],
        question=facts["question"],
        area=facts["area"],
        label=facts["label"],
        unit=facts["unit"],
        model=node["name"],
        relation=node["relation_name"],
        description=node["description"].strip(),
        columns=_columns(node),
        slices=tuple(facts["slices"]),
        statistics=facts["statistics"],
        targets=tuple(
            Target(
                id=target["id"],
                metric=facts["metric"],
                description=target["description"],
                basis=target["basis"],
                statistic=target["statistic"],
                severity=target["severity"],
            )
            for target in facts["targets"]
        ),
    )
