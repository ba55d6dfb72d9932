"""Signals and metrics as their YAML declares them, for what must know them before dbt can parse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.manifest import PROJECT, Column


class DeclarationError(ValueError):
    """A YAML file lacks what it must declare; the message names file, place and rule."""


@dataclass(frozen=True)
class DeclaredSignal:
    """A logged event; `logged_by` is client or server, `columns` its envelope and own fields."""

    name: str
    logged_by: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class DeclaredMetric:
    """A metric and the question that it belongs to."""

    name: str
    question: str


def declared_scenarios(project: Path = PROJECT) -> list[str]:
    """The rooms, by name: the folders of `models/` that have a staging layer."""
    return sorted(path.parent.name for path in project.glob("models/*/staging"))


def declared_signals(scenario: str, project: Path = PROJECT) -> list[DeclaredSignal]:
    """The logged signals of a scenario, by name.

    Raises:
        DeclarationError: a staging model's YAML lacks a fact, or names another event than its file.
    """
    found = []
    for path in sorted(project.glob(f"models/{scenario}/staging/stg_{scenario}__*.yml")):
        model = _model(path)
        name = _fact(path, model, "signal")
        if path.stem != f"stg_{scenario}__{name}":
            raise DeclarationError(f"{path}: meta.gsmt.signal is {name}, the file says another")
        columns = tuple(_column(path, column) for column in model.get("columns", ()))
        found.append(DeclaredSignal(name, _fact(path, model, "logged_by"), columns))
    return found


def declared_metrics(scenario: str, project: Path = PROJECT) -> list[DeclaredMetric]:
    """The metrics of a scenario, by name.

    Raises:
        DeclarationError: a mart's YAML lacks a fact, or names another metric than its file.
    """
    found = []
    for path in sorted(project.glob(f"models/{scenario}/marts/mart_*.yml")):
        model = _model(path)
        name = _fact(path, model, "metric")
        if path.stem != f"mart_{name}":
            raise DeclarationError(f"{path}: meta.gsmt.metric is {name}, the file says another")
        found.append(DeclaredMetric(name, _fact(path, model, "question")))
    return found


def _model(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    models = content.get("models") if isinstance(content, dict) else None
    if not models or models[0].get("name") != path.stem:
        raise DeclarationError(f"{path}: models[0].name must be {path.stem}")
    model: dict[str, Any] = models[0]
    return model


def _fact(path: Path, model: dict[str, Any], name: str) -> str:
    facts = model.get("config", {}).get("meta", {}).get("gsmt", {})
    if name not in facts:
        raise DeclarationError(f"{path}: config.meta.gsmt.{name} is missing")
    return str(facts[name])


def _column(path: Path, column: dict[str, Any]) -> Column:
    if not {"name", "data_type", "description"} <= set(column):
        raise DeclarationError(f"{path}: columns: {column} needs name, data_type and description")
    rules = column.get("config", {}).get("meta", {}).get("rules", {})
    return Column(column["name"], column["data_type"], column["description"].strip(), rules)
