"""The page that leads from each question to its goals, signals, metrics, targets and lineage."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scripts.docs import links
from scripts.docs.drawing import BOX_WIDTH, Drawing, draw
from scripts.docs.entities import model_of
from scripts.manifest import Manifest, Metric, Question, Signal
from scripts.sql_export.analyses import metric_of
from scripts.sql_export.tables import star_schema_tables
from scripts.target_status import TargetStatus


@dataclass(frozen=True)
class Area:
    """An area of a question: what is wanted, what shows it, how it is measured, what is enough."""

    id: str
    name: str
    goal: str
    signals: tuple[Signal, ...]
    metrics: tuple[Metric, ...]
    targets: tuple[TargetStatus, ...]


@dataclass(frozen=True)
class Scenario:
    """What the questions of a scenario share; `pages` maps a table to the page of its model."""

    name: str
    signals: tuple[Signal, ...]
    drawing: Drawing
    pages: Mapping[str, str]


@dataclass(frozen=True)
class Neighbours:
    """What other steps of the build left for the site to link to, relative to the site's folder.

    `data_docs` is None where there are none; `sql` maps a scenario and the name of an exported file
    to its address in each dialect.
    """

    data_docs: str | None
    sql: Mapping[tuple[str, str], Mapping[str, str]]

    def queries(self, metric: Metric, metrics: list[str]) -> Mapping[str, str]:
        """What the page calls each whiteboard query of one of the metrics, and the file's name."""
        found = {}
        for scenario, name in self.sql:
            if (scenario, metric_of(name, metrics)) == (metric.scenario, metric.name):
                suffix = name.removeprefix(metric.name).replace("_", " ")
                found[f"SQL{suffix}"] = name
        return found


def find_neighbours(target: Path, out: Path) -> Neighbours:
    """Look below dbt's target folder for the Data Docs and the exported SQL."""

    def address(path: Path) -> str:
        return Path(os.path.relpath(path, out)).as_posix()

    data_docs = target / "validation" / "data_docs" / "index.html"
    sql: dict[tuple[str, str], dict[str, str]] = {}
    for path in sorted((target / "sql").glob("*/*/*.sql")):
        dialect, scenario = path.parts[-3:-1]
        sql.setdefault((scenario, path.stem), {})[dialect] = address(path)
    return Neighbours(address(data_docs) if data_docs.exists() else None, sql)


def render_site(manifest: Manifest, statuses: list[TargetStatus], neighbours: Neighbours) -> str:
    """The page as HTML: one file that loads nothing."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    questions = manifest.questions()
    scenarios = dict.fromkeys(question.scenario for question in questions)
    return environment.get_template("index.html.jinja").render(
        project=manifest.project,
        questions=[(question, _areas(manifest, question, statuses)) for question in questions],
        scenarios=[_scenario(manifest, scenario) for scenario in scenarios],
        neighbours=neighbours,
        metrics=[metric.name for metric in manifest.metrics()],
        links=links,
        paragraphs=paragraphs,
        box_width=BOX_WIDTH,
    )


def paragraphs(metric: Metric) -> list[str]:
    """The first paragraphs of a metric's description: one row per ..., and the formula."""
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", metric.description)]
    return [part for number, part in enumerate(parts) if number == 0 or part.startswith("Formula:")]


def _areas(manifest: Manifest, question: Question, statuses: list[TargetStatus]) -> list[Area]:
    signals = {one.name: one for one in manifest.signals() if one.scenario == question.scenario}
    areas = []
    for area in question.areas:
        metrics = tuple(metric for metric in manifest.metrics() if metric.area == area["id"])
        names = {metric.name for metric in metrics}
        areas.append(
            Area(
                id=area["id"],
                name=area["name"],
                goal=area["goal"],
                signals=tuple(signals[name] for name in area["signals"]),
                metrics=metrics,
                targets=tuple(status for status in statuses if status.metric in names),
            )
        )
    return areas


def _scenario(manifest: Manifest, name: str) -> Scenario:
    drawing = draw(star_schema_tables(manifest, name))
    models = {box.table.name: model_of(box.table.name, name) for box in drawing.boxes}
    return Scenario(
        name=name,
        signals=tuple(signal for signal in manifest.signals() if signal.scenario == name),
        drawing=drawing,
        pages={table: links.model_page(manifest.project, model) for table, model in models.items()},
    )


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"
