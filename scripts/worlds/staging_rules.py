"""What a world has to know of its events that the YAML of their staging models already says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scripts.declared import DeclaredSignal, declared_signals
from scripts.worlds.scenario import EventSchema

_NUMBERS = ("integer", "double")
_ENVELOPE_VALUES = {"platform": "smart_fridge"}


def client_events(scenario: str) -> frozenset[str]:
    """Events that the user's device logs, and not the server."""
    signals = declared_signals(scenario)
    return frozenset(signal.name for signal in signals if signal.logged_by == "client")


def event_schemas(
    scenario: str,
    prefixes: Mapping[str, str],
    unknown_values: Mapping[str, str],
    otherwise: Mapping[str, Mapping[str, Any]],
) -> dict[str, EventSchema]:
    """Derive what the fault planter has to know from the rules of staging.

    An id that must be there is a required text without a list of values: first the event's own
    id, then its other fields, and the user's last. A value outside a list is the field's.

    Args:
        scenario: slug of the scenario.
        prefixes: start of the ids of each event; their order is that of the result.
        unknown_values: for each field with a list of accepted values, one that is not on it.
        otherwise: for some events, entries of `EventSchema` in place of the derived ones: what the
            rules do not say, such as to which event a field refers, or other fields to spoil.

    Raises:
        ValueError: an event has no prefix or no staging model, a field with a list of values has no
            value outside it, or its value is on the list.
    """
    signals = {signal.name: signal for signal in declared_signals(scenario)}
    if set(signals) != set(prefixes):
        unlike = sorted(set(signals) ^ set(prefixes))
        raise ValueError(f"{scenario}: {unlike} must have both a staging model and a prefix")
    values = {**_ENVELOPE_VALUES, **unknown_values}
    return {
        event: replace(_derived(signals[event], prefix, values), **otherwise.get(event, {}))
        for event, prefix in prefixes.items()
    }


def _derived(signal: DeclaredSignal, prefix: str, values: Mapping[str, str]) -> EventSchema:
    lists = {
        column.name: column.rules["accepted_values"]
        for column in sorted(signal.columns, key=lambda column: column.name in _ENVELOPE_VALUES)
        if "accepted_values" in column.rules
    }
    for field, accepted in lists.items():
        if values.get(field) is None:
            raise ValueError(f"{signal.name}.{field}: no value outside its list is given")
        if values[field] in accepted:
            raise ValueError(f"{signal.name}.{field}: {values[field]} is on its list")
    ids = [
        column.name
        for column in signal.columns
        if column.rules.get("required") and column.data_type == "string"
        if column.name not in lists
    ]
    return EventSchema(
        prefix=prefix,
        required_ids=tuple(sorted(ids, key=lambda name: (name != "event_id", name == "user_id"))),
        accepted={field: values[field] for field in lists},
        numbers=tuple(column.name for column in signal.columns if column.data_type in _NUMBERS),
    )
