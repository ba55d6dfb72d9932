"""Drafts var event_mapping from what logs are called and what is in them.

What is certain is written; what is not is a comment with TODO, so that the draft is YAML that
loads, and a person decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from scripts.manifest import Column, Signal
from scripts.map.logs import Log
from scripts.map.names import (
    ENVELOPE,
    OWN_UNIT,
    column_unit,
    compact,
    field_unit,
    words,
)

TIME_FORMATS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y",
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y",
    "%d %b %Y %H:%M:%S", "%d %b %Y", "%b %d, %Y",
    "%Y%m%d", "%Y%m%d%H%M%S",
)  # fmt: skip
# Digits of a count since 1970 in our lifetime, by unit.
UNIX_DIGITS = {10: "unix_seconds", 13: "unix_milliseconds", 16: "unix_microseconds"}
# A match of names below this is none.
SIMILAR = 0.5
TYPE_COLUMNS = ("type", "event", "eventtype", "eventname", "name", "action", "kind")


@dataclass
class Entry:
    """What is drafted of one event: where it comes from, and a line for each of its fields.

    `place` is none where the log has the event's own name; the line of a field is, too, where the
    log has it as it should be.
    """

    event: str
    place: str | None = None
    where: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    lines: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_found(self) -> bool:
        """Whether there is a log that seems to hold the event."""
        return not self.notes

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to say of the event."""
        return bool(self.place or self.where or self.notes or any(self.lines.values()))


def draft(scenario: str, signals: Sequence[Signal], logs: Sequence[Log]) -> list[Entry]:
    """One entry for each event of a scenario.

    Args:
        scenario: its name.
        signals: those of all scenarios that are logged; a log that has the name of an event of
            another scenario is left to that one.
        logs: the logs that there are.
    """
    others = {f"{one.scenario}/{one.name}" for one in signals if one.scenario != scenario}
    own = [signal for signal in signals if signal.scenario == scenario]
    found = _find_events(scenario, own, [log for log in logs if log.name not in others])
    entries = []
    for signal in own:
        entry, log = found[signal.name]
        if log is not None:
            entry.lines = _field_lines(signal.columns, log, entry.where)
        entries.append(entry)
    return entries


def as_yaml(folder: str, drafts: Mapping[str, Sequence[Entry]]) -> str:
    """The drafts by scenario as a file of vars, with raw_path."""
    lines = [f"raw_path: {scalar(folder)}"]
    needed = {
        scenario: entries
        for scenario, entries in drafts.items()
        if any(entry.is_needed for entry in entries)
    }
    if not needed:
        return "\n".join([*lines, "event_mapping: {}  # every event can be read as it lies", ""])
    lines.append("event_mapping:")
    for scenario, entries in needed.items():
        lines.append(f"  {scenario}:")
        for entry in _with_what_is_shared(entries):
            lines += [f"    {line}" for line in _entry_lines(entry)]
    return "\n".join([*lines, ""])


def scalar(value: Any) -> str:
    """A value as YAML on one line."""
    text: str = yaml.safe_dump([value], default_flow_style=True, width=10**6, sort_keys=False)
    return text.strip()[1:-1]


def _entry_lines(entry: Entry) -> list[str]:
    lines = [f"# TODO: {note}" for note in entry.notes]
    content = []
    if entry.place:
        content.append(f"  from: {scalar(entry.place)}")
    if entry.where:
        content.append(f"  where: {scalar(entry.where)}")
    if fields := [f"    {line}" for line in entry.lines.values() if line]:
        content += ["  fields:", *fields]
    if not content:
        return lines
    return [*lines, f"{entry.event}:", *content]


def _with_what_is_shared(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, with lines that all of them have in common as every_event's before them."""
    found = [entry for entry in entries if entry.is_found]
    if len(found) < 2 or any(not entry.is_needed for entry in entries):
        return [entry for entry in entries if entry.is_needed]
    shared = Entry("every_event")
    if len({entry.place for entry in found}) == 1:
        shared.place = found[0].place
    for name in dict.fromkeys(name for entry in found for name in entry.lines):
        lines = [entry.lines[name] for entry in found if name in entry.lines]
        if len(lines) > 1 and len(set(lines)) == 1:
            shared.lines[name] = lines[0]
    for entry in found:
        entry.place = None if shared.place else entry.place
        entry.lines = {name: line for name, line in entry.lines.items() if name not in shared.lines}
    return [shared, *entries] if shared.is_needed else list(entries)


def _find_events(
    scenario: str, signals: Sequence[Signal], logs: Sequence[Log]
) -> dict[str, tuple[Entry, Log | None]]:
    """Where each event comes from: a log of its name, or rows of a type in a log of many."""
    by_name = {log.name: log for log in logs}
    found: dict[str, tuple[Entry, Log | None]] = {}
    for signal in signals:
        if log := by_name.get(f"{scenario}/{signal.name}"):
            found[signal.name] = (Entry(signal.name), log)
    places: list[tuple[str, Log, dict[str, str]]] = [
        (log.name.rpartition("/")[2], log, {})
        for log in logs
        if all(log is not other for _, other in found.values())
    ]
    for log in logs:
        for column in log.columns:
            if compact(column) in TYPE_COLUMNS and log.columns[column] == "VARCHAR":
                places += [(value, log, {column: value}) for value in log.values(column)]
    left = [signal.name for signal in signals if signal.name not in found]
    best = _best_matches(left, [name for name, _, _ in places])
    for event in left:
        if len(best[event]) == 1:
            _, log, where = places[best[event][0]]
            found[event] = (Entry(event, place=log.name, where=where), log)
    used = [(id(log), entry.where) for entry, log in found.values()]
    free = [place for place in places if (id(place[1]), place[2]) not in used]
    for event in left:
        if event not in found:
            candidates = [places[at] for at in best[event]] or free
            shown = "; ".join(
                scalar({"from": log.name, **({"where": where} if where else {})})
                for _, log, where in candidates
            )
            note = f"{event} is not found. Map it, or name it in absent_events. Left: {shown}"
            found[event] = (Entry(event, notes=[note]), None)
    return found


def _best_matches(events: Sequence[str], names: Sequence[str]) -> dict[str, list[int]]:
    """For each event the places of the names that fit it best; rare words count for more."""
    of_event = {event: words(event) for event in events}
    number = Counter(word for found in of_event.values() for word in found)

    def weight(found: Iterable[str]) -> float:
        return sum(1 / number.get(word, 1) for word in found)

    scores = {
        (event, at): weight(mine & words(name)) / weight(mine | words(name))
        for event, mine in of_event.items()
        for at, name in enumerate(names)
    }
    best: dict[str, list[int]] = {}
    for event in events:
        highest = max((scores[event, at] for at in range(len(names))), default=0)
        best[event] = [
            at
            for at in range(len(names))
            if scores[event, at] == highest >= SIMILAR
            and highest == max(scores[other, at] for other in events)
        ]
    return best


def _field_lines(
    columns: Sequence[Column], log: Log, where: Mapping[str, str]
) -> dict[str, str | None]:
    """A line for each field, none where it is simply the column of its name, or of no column."""
    filled = [
        name for name in log.columns if name not in where and log.values(name, where, limit=1)
    ]
    matched = {column.name: _match(column.name, log.columns) for column in columns}
    matched = _by_their_values(columns, matched, filled, log, where)
    taken = {found for some in matched.values() if len(some) == 1 for found in some}
    left = [name for name in filled if name not in taken]
    lines: dict[str, str | None] = {}
    for column in columns:
        candidates = matched[column.name]
        if len(candidates) == 1:
            lines[column.name] = _source(column, candidates[0], log, where)
        elif column.name == "event_id" and not candidates:
            together = [*matched["user_id"], *matched["event_at"]]
            lines[column.name] = _event_id(together or left)
        else:
            lines[column.name] = _without_source(column, candidates or left, log, where)
    return lines


def _match(name: str, columns: Iterable[str]) -> list[str]:
    """The columns that mean a field, by their names; several if nobody can say which."""
    exact = [column for column in columns if column.lower() == name]
    if exact:
        return exact
    for synonym in (compact(name), *ENVELOPE.get(name, ())):
        if found := [column for column in columns if compact(column) == synonym]:
            return found
    if name in ENVELOPE:
        return []
    return [column for column in columns if words(column) == words(name) != frozenset()]


def _by_their_values(
    columns: Sequence[Column],
    matched: dict[str, list[str]],
    filled: Sequence[str],
    log: Log,
    where: Mapping[str, str],
) -> dict[str, list[str]]:
    """The matches, with columns for fields without one whose values only one column has."""
    taken = {found for some in matched.values() for found in some}
    result = dict(matched)
    for column in columns:
        accepted = set(column.rules.get("accepted_values", ()))
        if accepted and not matched[column.name]:
            result[column.name] = [
                name
                for name in filled
                if name not in taken and accepted & {one.lower() for one in log.values(name, where)}
            ]
    return result


def _source(column: Column, name: str, log: Log, where: Mapping[str, str]) -> str | None:
    """The line of a field that comes from a column; none where the column needs no mapping."""
    options: dict[str, Any] = {}
    todo = ""
    # A platform is written the same in all events of a log.
    values = log.values(name, None if column.name in ENVELOPE else where)
    unit = field_unit(column.name)
    if column.data_type == "timestamp":
        options, todo = _time(name, log, values)
    elif "accepted_values" in column.rules:
        accepted = column.rules["accepted_values"]
        # A field that has its values needs no other words: what else there is are mistakes.
        if name.lower() != column.name or not set(values) & set(accepted):
            options, todo = _words(accepted, values)
    elif unit:
        found = column_unit(name, unit)
        if found is None and name.lower() != column.name:
            todo = f"is it in {OWN_UNIT[unit]}? Else say its unit"
        elif found not in (None, OWN_UNIT[unit]):
            options = {"unit": found}
    if not options and not todo and name.lower() == column.name:
        return None
    source = {"column": name, **options} if options else name
    return f"{column.name}: {scalar(source)}" + (f"  # TODO: {todo}" if todo else "")


def _time(name: str, log: Log, values: Sequence[str]) -> tuple[dict[str, Any], str]:
    """How a time is written: the options of its source, and what is not known."""
    if log.columns[name].startswith(("TIMESTAMP", "DATE")) or not values:
        return {}, ""
    digits = {len(value.partition(".")[0]) for value in values if re.fullmatch(r"[0-9.]+", value)}
    if len(digits) == 1 and (unit := UNIX_DIGITS.get(*digits)):
        return {"unit": unit}, ""
    fitting = [form for form in (None, *TIME_FORMATS) if _reads(log, values, form)]
    if fitting == [None] or (fitting and fitting[0] is None):
        return {}, ""
    if len(fitting) == 1:
        return {"format": fitting[0]}, ""
    ways = " or ".join(str(form) for form in fitting)
    return {}, f"say its format{', ' + ways if ways else ''}; it holds {', '.join(values[:3])}"


def _reads(log: Log, values: Sequence[str], form: str | None) -> bool:
    """Whether most values read as times, in a format or as they are."""
    parsed = "try_strptime(value, ?)" if form else "try_cast(value as timestamp with time zone)"
    arguments: list[Any] = [form] if form else []
    row = log.connection.execute(
        f"select count({parsed}) >= 0.9 * count(*) from (select unnest(?) as value)",
        [*arguments, list(values)],
    ).fetchone()
    return bool(row and row[0])


def _words(accepted: Sequence[str], values: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Which value of a log is which that a field accepts."""
    foreign = [value for value in values if value not in accepted]
    if not foreign:
        return {}, ""
    known = {}
    for value in foreign:
        same = [one for one in accepted if compact(one) == compact(value)]
        same = same or [one for one in accepted if words(one) == words(value)]
        if len(same) == 1:
            known[value] = same[0]
    unknown = [value for value in foreign if value not in known]
    todo = f"what are {', '.join(unknown)} of {', '.join(accepted)}?" if unknown else ""
    return ({"values": known} if known else {}), todo


def _event_id(columns: Sequence[str]) -> str:
    """The line of the event_id of a log without one."""
    source = scalar({"columns": list(columns)})
    return f"# event_id: {source}  # TODO: do these together name one event, and no other?"


def _without_source(
    column: Column, candidates: Sequence[str], log: Log, where: Mapping[str, str]
) -> str | None:
    """The line of a field that no column means, or more than one; none if it is not required."""
    if column.name == "received_at":
        return "received_at: {field: event_at}  # no column says when an event arrived"
    if not column.rules.get("required"):
        return None
    near = [name for name in candidates if words(name) & words(column.name)] or candidates
    accepted = column.rules.get("accepted_values")
    if not near:
        return f"# {column.name}: {{constant: ...}}  # TODO: no column is left for it"
    if len(near) == 1 and accepted:
        values = dict.fromkeys(log.values(near[0], where), "...")
        source = scalar({"column": near[0], "values": values})
        return f"# {column.name}: {source}  # TODO: which is which of {', '.join(accepted)}?"
    return f"# {column.name}: ...  # TODO: which column is it? {', '.join(near)}"
