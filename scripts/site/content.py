"""What the pages say: each question with its areas, signals, metrics and targets, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from scripts.manifest import Manifest, Metric, Question, Signal
from scripts.site.description import Description, read_description
from scripts.site.series import Point, Series
from scripts.site.sparkline import Sparkline, sparkline
from scripts.site.units import DASH, Format, day_text, format_of
from scripts.site.world import World
from scripts.site.wrong_readings import WrongReading, read_wrong_readings
from scripts.sql_export.analyses import Analysis, read_analyses
from scripts.target_status import TargetStatus

PLANNED = Path(__file__).with_name("planned.yml")


@dataclass(frozen=True)
class Headline:
    """The newest number of a metric in one world, as text, with the period that it is of."""

    world: str
    text: str
    noun: str
    period: str
    parts: str
    spark: Sparkline | None


@dataclass(frozen=True)
class Query:
    """A whiteboard query, and what it gives, in words."""

    label: str
    analysis: Analysis

    @property
    def name(self) -> str:
        """The name of its exported files."""
        return self.analysis.name


@dataclass(frozen=True)
class Card:
    """Everything that the page says of a metric; `targets` are by world."""

    metric: Metric
    description: Description
    headlines: tuple[Headline, ...]
    formats: Mapping[str, Format]
    targets: Mapping[str, list[TargetStatus]]
    wrong: Mapping[str, list[WrongReading]]
    queries: tuple[Query, ...]
    good_direction: str

    @property
    def statistics(self) -> list[tuple[str, str]]:
        """Each statistic with its meaning."""
        return [(name, str(facts["meaning"])) for name, facts in self.metric.statistics.items()]


@dataclass(frozen=True)
class SignalFacts:
    """A signal with what only its YAML tells: why it is logged where it is."""

    signal: Signal
    why: str
    derived_from: tuple[str, ...]

    @property
    def fields(self) -> list[Any]:
        """The fields of its own, without the envelope that every event has."""
        return [column for column in self.signal.columns if column.name not in ENVELOPE]


ENVELOPE = (
    *("event_id", "event_at", "received_at", "user_id", "platform", "app_version", "country"),
)


@dataclass(frozen=True)
class Area:
    """An area of a question: its goal, what would show it, and how it is measured."""

    id: str
    name: str
    goal: str
    signals: tuple[SignalFacts, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Answer:
    """A question with its whole answer."""

    question: Question
    product: str
    areas: tuple[Area, ...]
    signals: tuple[SignalFacts, ...]

    @property
    def cards(self) -> list[Card]:
        """The cards of all areas."""
        return [card for area in self.areas for card in area.cards]

    @property
    def main(self) -> Card | None:
        """The metric that stands for the question: the one that its first target judges."""
        judged = [card for card in self.cards if card.metric.targets]
        return min(
            judged,
            key=lambda card: min(target.id for target in card.metric.targets),
            default=next(iter(self.cards), None),
        )

    def targets(self, world: str) -> list[TargetStatus]:
        """The targets of all areas in a world, by id."""
        found = [target for card in self.cards for target in card.targets[world]]
        return sorted(found, key=lambda target: target.id)


@dataclass(frozen=True)
class Planned:
    """A question that is not built yet."""

    id: str
    product: str
    title: str


def read_planned() -> list[Planned]:
    """Every question that there is going to be, by id."""
    return [Planned(**row) for row in yaml.safe_load(PLANNED.read_text(encoding="utf-8"))]


def answers(manifest: Manifest, worlds: Sequence[World]) -> list[Answer]:
    """The answer of every question that is built, by id."""
    products = {planned.id: planned.product for planned in read_planned()}
    signals = [_signal(manifest, signal) for signal in manifest.signals()]
    queries = read_analyses(manifest)
    metrics = manifest.metrics()
    found = []
    for question in manifest.questions():
        own = {one.signal.name: one for one in signals if one.signal.scenario == question.scenario}
        areas = []
        for area in question.areas:
            cards = [
                _card(manifest, metric, worlds, queries)
                for metric in metrics
                if metric.area == area["id"] and metric.question == question.id
            ]
            areas.append(
                Area(
                    area["id"],
                    area["name"],
                    area["goal"],
                    tuple(own[name] for name in area["signals"]),
                    tuple(sorted(cards, key=_by_first_target)),
                )
            )
        used = list(dict.fromkeys(signal.signal.name for area in areas for signal in area.signals))
        found.append(
            Answer(
                question,
                products.get(question.id, question.scenario.replace("_", " ").capitalize()),
                tuple(areas),
                tuple(own[name] for name in used),
            )
        )
    return found


def _by_first_target(card: Card) -> tuple[str, str]:
    """What is judged comes first, in the order of the targets."""
    return (min((target.id for target in card.metric.targets), default="~"), card.metric.name)


def _signal(manifest: Manifest, signal: Signal) -> SignalFacts:
    facts = manifest.model(signal.model)["config"]["meta"]["gsmt"]
    return SignalFacts(signal, " ".join(facts["why"].split()), tuple(facts.get("derived_from", ())))


def _card(
    manifest: Manifest, metric: Metric, worlds: Sequence[World], queries: Sequence[Analysis]
) -> Card:
    return Card(
        metric=metric,
        description=read_description(metric.description),
        headlines=tuple(_headline(world, metric) for world in worlds),
        formats={statistic: format_of(metric, statistic) for statistic in metric.statistics},
        targets={world.name: world.targets_of(metric.name) for world in worlds},
        wrong={
            world.name: read_wrong_readings(metric, world.series[metric.name]) for world in worlds
        },
        queries=tuple(
            _query(query)
            for query in queries
            if (query.scenario, query.metric) == (metric.scenario, metric.name)
        ),
        good_direction=manifest.model(metric.model)["config"]["meta"]["gsmt"]["good_direction"],
    )


def _query(analysis: Analysis) -> Query:
    if analysis.is_full:
        label = "Every statistic"
    elif analysis.slice:
        label = f"By {analysis.slice.replace('_', ' ')}"
    else:
        label = "The number"
    return Query(label, analysis)


def _headline(world: World, metric: Metric) -> Headline:
    main = world.series[metric.name].main
    newest = main.newest if main else None
    if main is None or newest is None:
        return Headline(world.name, DASH, "no complete period yet", "", "", None)
    form = format_of(metric, main.statistic)
    name = "" if main.statistic == "value" else main.statistic.replace("_", " ")
    return Headline(
        world.name,
        form.text(newest.value),
        ", ".join(filter(None, [name, form.noun])) or metric.unit,
        period_text(main.grain, newest.period),
        _parts(main, newest),
        sparkline(main),
    )


def _parts(series: Series, point: Point) -> str:
    if point.numerator is None or not point.denominator:
        return ""
    counts = Format("plain")
    return f"{counts.text(point.numerator)} / {counts.text(point.denominator)}"


def period_text(grain: str, first: date) -> str:
    """A period in words, by its first day."""
    day = day_text(first)
    return {
        "day": day,
        "week": f"week of {day}",
        "month": f"{first:%B %Y}",
        "cohort": f"cohort of {day}",
    }.get(grain, day)
