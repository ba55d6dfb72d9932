"""What the pages of practice say: interviews with their rubrics, exercises, modelling tasks."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.manifest import Manifest
from scripts.practice.exercises import Exercise, read_exercises, read_rules, read_skills
from scripts.practice.grading import COMPARISON, FINGERPRINT
from scripts.practice.worlds import HIDDEN, VISIBLE, pack_worlds
from scripts.site.content import Answer, SignalFacts
from scripts.site.description import read_description
from scripts.sql_export.tables import Table, star_schema_tables

VENDOR = Path(__file__).parent / "vendor" / "duckdb-wasm-1.32.0"

# Minutes of each part of an interview, and of a mock with its four parts.
INTERVIEW_PARTS = {"goals": 2, "signals": 4, "metrics": 4, "targets": 2, "trade-offs": 3}
MOCK_MINUTES = 35


@dataclass(frozen=True)
class Item:
    """A line of a rubric; a text that holds one of the terms has named it for certain."""

    text: str
    terms: tuple[str, ...] = ()
    details: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of an interview, with its clock and its rubric."""

    name: str
    ask: str
    minutes: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ModelledTable:
    """A table of ours; `is_asked` where a modeller is expected to name it.

    That is each dimension, and each fact that is made of events themselves or that others refer to.
    """

    table: Table
    is_asked: bool

    @property
    def kind(self) -> str:
        """Fact or dimension."""
        return "fact" if self.table.name.startswith("fct_") else "dimension"

    @property
    def grain(self) -> str:
        """What a row is: the first sentence of the description."""
        return read_description(self.table.description).grain.split(". ")[0].rstrip(".")

    @property
    def noun(self) -> str:
        """Its name without its kind."""
        return self.table.name.split("_", 1)[1]


def interview(answer: Answer) -> list[Part]:
    """The parts of a question's interview, in the order in which a good answer has them."""
    cards = answer.cards
    targets = sorted(
        (target for card in cards for target in card.metric.targets), key=lambda target: target.id
    )
    rubrics = {
        "goals": (
            "What does success look like, and for whom?",
            [Item(f"{area.name}: {area.goal}", (area.name,)) for area in answer.areas],
        ),
        "signals": (
            "Which events would you log, with which fields?",
            [_signal(facts) for facts in answer.signals],
        ),
        "metrics": (
            "Which numbers, by which formula, and what do people get wrong?",
            [
                Item(
                    card.metric.label,
                    (card.metric.name, card.metric.label),
                    tuple(
                        Item(f"{name}: {text}")
                        for name, text in (
                            ("Formula", card.description.formula),
                            ("Trap", card.description.trap),
                            ("Slices", card.description.slices),
                        )
                        if text
                    ),
                )
                for card in cards
            ],
        ),
        "targets": (
            "What is winning, and by when?",
            [Item(f"{target.id} {target.description}") for target in targets],
        ),
        "trade-offs": (
            "What does each number cost, what does it hide, and what must not get worse?",
            [
                Item(f"{card.metric.label}: {card.description.trade_offs}")
                for card in cards
                if card.description.trade_offs
            ],
        ),
    }
    return [
        Part(name, ask, INTERVIEW_PARTS[name], tuple(items))
        for name, (ask, items) in rubrics.items()
    ]


def _signal(facts: SignalFacts) -> Item:
    fields = tuple(
        Item(f"{column.name}: {column.description}", (column.name,)) for column in facts.fields
    )
    return Item(f"{facts.signal.name}: {facts.why}", (facts.signal.name,), fields)


def modelled_tables(manifest: Manifest, scenario: str) -> list[ModelledTable]:
    """The dimensions and facts of a scenario: those to be named first, each kind by name."""
    tables = star_schema_tables(manifest, scenario)
    staged = {node["unique_id"] for node in manifest.models() if node["name"].startswith("stg_")}
    referred = {parent for table in tables for parent, _ in table.references.values()}
    found = [
        ModelledTable(
            table,
            table.name.startswith("dim_")
            or table.name in referred
            or not staged.isdisjoint(manifest.model(table.model)["depends_on"]["nodes"]),
        )
        for table in tables
    ]
    return sorted(found, key=lambda one: (not one.is_asked, one.kind != "fact", one.table.name))


def exercises_by_scenario() -> dict[str, list[Exercise]]:
    """The exercises of each scenario, the easy ones first."""
    levels = ("easy", "medium", "hard")
    found: dict[str, list[Exercise]] = {}
    for exercise in read_exercises():
        found.setdefault(exercise.scenario, []).append(exercise)
    return {
        scenario: sorted(own, key=lambda one: (levels.index(one.level), one.title))
        for scenario, own in found.items()
    }


def exercise_tables(
    manifest: Manifest, scenario: str, exercises: Iterable[Exercise]
) -> list[dict[str, Any]]:
    """The tables that exercises read: name, description, and name, type and meaning of columns."""
    read = {table for exercise in exercises for table in exercise.tables}
    return [
        {
            "name": table.name,
            "description": table.description,
            "columns": [
                {
                    "name": column["name"],
                    "type": column["data_type"],
                    "description": column["description"],
                }
                for column in manifest.model(table.model)["columns"].values()
            ],
        }
        for table in sorted(star_schema_tables(manifest, scenario), key=lambda one: one.name)
        if table.name in read
    ]


def exercises_data(
    visible: Path, hidden: Path, scenario: str, exercises: Sequence[Exercise]
) -> dict[str, Any]:
    """What the page of a scenario's exercises needs to run and grade queries."""
    tables = sorted({table for exercise in exercises for table in exercise.tables})
    packed = pack_worlds({VISIBLE: visible, HIDDEN: hidden}, scenario, tables)
    return {
        "comparison": COMPARISON,
        "fingerprint": FINGERPRINT,
        "rules": read_rules(),
        "worlds": base64.b64encode(packed).decode("ascii"),
        "exercises": {
            exercise.id: exercise.model_dump(
                include={"id", "tables", "is_ordered", "solution", "wrong_solutions", "edge_cases"}
            )
            for exercise in exercises
        },
    }


def engine_data() -> dict[str, str]:
    """DuckDB for a browser, compressed: its worker's script and its module."""
    worker = (VENDOR / "duckdb-browser-eh.worker.js").read_bytes()
    module = (VENDOR / "duckdb-eh.wasm.gz").read_bytes()
    return {
        "worker": base64.b64encode(gzip.compress(worker, mtime=0)).decode("ascii"),
        "module": base64.b64encode(module).decode("ascii"),
    }


def practice_items(
    answers: Sequence[Answer], exercises: dict[str, list[Exercise]], scenarios: Sequence[str]
) -> dict[str, Any]:
    """Everything that can be practised, for progress, for the next exercise and for a mock."""
    interviews = [
        {
            "kind": "interview",
            "id": answer.question.id,
            "title": answer.question.title,
            "page": f"practice/interviews/{answer.question.id}.html",
        }
        for answer in answers
    ]
    queries = [
        {
            "kind": "sql",
            "id": exercise.id,
            "title": exercise.title,
            "level": exercise.level,
            "skill": exercise.skill,
            "page": f"practice/sql/{exercise.scenario}.html#{exercise.id.split('/')[1]}",
        }
        for own in exercises.values()
        for exercise in own
    ]
    models = [
        {
            "kind": "modelling",
            "id": scenario,
            "title": scenario.replace("_", " ").capitalize(),
            "page": f"practice/modelling/{scenario}.html",
        }
        for scenario in scenarios
    ]
    return {
        "minutes": MOCK_MINUTES,
        "skills": read_skills(),
        "items": [*interviews, *queries, *models],
    }
