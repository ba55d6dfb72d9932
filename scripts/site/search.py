"""What the search finds: questions, metrics, signals, fields and targets, with their places."""

from __future__ import annotations

from collections.abc import Iterable

from scripts.site.content import Answer

Entry = dict[str, str]


def search_entries(answers: Iterable[Answer]) -> list[Entry]:
    """An entry for each thing that has a place on a page, the larger things first."""
    found: dict[str, list[Entry]] = {
        kind: [] for kind in ("question", "metric", "target", "signal", "field")
    }
    for answer in answers:
        page = f"questions/{answer.question.id}.html"
        where = f"{answer.question.id} {answer.question.title}"

        def add(kind: str, name: str, text: str, place: str, page: str, where: str) -> None:
            link = f"{page}#{place}" if place else page
            entry = {"kind": kind, "name": name, "text": text, "where": where, "link": link}
            found[kind].append(entry)

        add("question", where, answer.question.text, "", page, answer.product)
        for card in answer.cards:
            metric = card.metric
            text = f"{metric.name} {card.description.formula}"
            add("metric", metric.label, text, f"metric-{metric.name}", page, where)
            for target in metric.targets:
                add("target", target.id, target.description, f"target-{target.id}", page, where)
        for facts in answer.signals:
            place = f"signal-{facts.signal.name}"
            add("signal", facts.signal.name, facts.why, place, page, where)
            for column in facts.fields:
                name = facts.signal.name
                add("field", column.name, column.description, place, page, f"{name}, {where}")
    return [entry for entries in found.values() for entry in entries]
