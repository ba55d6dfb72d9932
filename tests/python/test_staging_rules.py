"""What worlds know of their events is what the YAML of staging says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scripts.declared import DeclaredSignal, declared_signals
from scripts.manifest import Column
from scripts.worlds import staging_rules
from scripts.worlds.registry import SCENARIOS
from scripts.worlds.staging_rules import client_events, event_schemas
from tests.python.builds import Build

RIDE = DeclaredSignal(
    name="ride",
    logged_by="server",
    columns=tuple(
        Column(name, data_type, "", rules)
        for name, data_type, rules in (
            ("event_id", "string", {"required": True}),
            ("received_at", "timestamp", {"required": True}),
            ("user_id", "string", {"required": True}),
            ("platform", "string", {"required": True, "accepted_values": ["ios", "web"]}),
            ("ride_id", "string", {"required": True}),
            ("note", "string", {}),
            ("kind", "string", {"required": True, "accepted_values": ["carpool", "standard"]}),
            ("stars", "integer", {"minimum": 1}),
            ("fare", "double", {}),
        )
    ),
)


@pytest.fixture
def rides(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scenario with two events: a ride, and a tap that only the device knows."""
    tap = replace(RIDE, name="tap", logged_by="client")
    monkeypatch.setattr(staging_rules, "declared_signals", lambda scenario: [RIDE, tap])


@pytest.mark.usefixtures("rides")
def test_the_faults_of_an_event_follow_from_its_rules() -> None:
    schemas = event_schemas(
        "rides",
        prefixes={"tap": "tp", "ride": "rd"},
        unknown_values={"kind": "helicopter"},
        otherwise={"tap": {"foreign_keys": {"ride_id": "r"}, "numbers": ("fare",)}},
    )
    assert list(schemas) == ["tap", "ride"]
    assert schemas["ride"].prefix == "rd"
    assert schemas["ride"].required_ids == ("event_id", "ride_id", "user_id")
    assert list(schemas["ride"].accepted.items()) == [
        ("kind", "helicopter"),
        ("platform", "smart_fridge"),
    ]
    assert schemas["ride"].numbers == ("stars", "fare")
    assert schemas["ride"].foreign_keys == {}
    assert schemas["tap"].foreign_keys == {"ride_id": "r"}
    assert schemas["tap"].numbers == ("fare",)


@pytest.mark.usefixtures("rides")
def test_events_of_the_device_are_those_that_staging_says_a_client_logs() -> None:
    assert client_events("rides") == {"tap"}


def test_the_events_of_messengers_device_are_found() -> None:
    assert client_events("messenger") == {"app_session_start", "notification_settings_change"}


@pytest.mark.usefixtures("rides")
@pytest.mark.parametrize(
    ("events", "values", "message"),
    [
        (["ride"], {"kind": "helicopter"}, "['tap'] must have both a staging model and a prefix"),
        (["ride", "tap", "hop"], {"kind": "helicopter"}, "['hop'] must have both"),
        (["ride", "tap"], {}, "ride.kind: no value outside its list is given"),
        (["ride", "tap"], {"kind": "carpool"}, "ride.kind: carpool is on its list"),
    ],
)
def test_what_does_not_follow_from_the_rules_is_an_error(
    events: list[str], values: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        event_schemas("rides", dict.fromkeys(events, "x"), values, {})


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_is_said_otherwise_of_faults_still_breaks_a_rule(scenario: str) -> None:
    for signal in declared_signals(scenario):
        schema = SCENARIOS[scenario].schemas[signal.name]
        columns = {column.name: column for column in signal.columns}
        for name in schema.required_ids:
            assert columns[name].rules.get("required"), (signal.name, name)
        for name, value in schema.accepted.items():
            assert value not in columns[name].rules["accepted_values"], (signal.name, name)
        for name in schema.numbers:
            assert columns[name].data_type in ("integer", "double"), (signal.name, name)
        for name in schema.money:
            assert columns[name].rules["minimum"] == 0, (signal.name, name)
        assert set(schema.foreign_keys) <= set(columns), signal.name


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_can_be_an_orphan_is_what_the_list_of_orphans_looks_for(
    healthy: Build, scenario: str
) -> None:
    query = healthy.manifest().model(f"{scenario}__orphans")["compiled_code"]
    looked_for = set(
        re.findall(r"'(\w+)' as event_name,(?:.*\n)*?\s*'(\w+)' as reference_field", query)
    )
    schemas = SCENARIOS[scenario].schemas
    planted = {(event, key) for event, schema in schemas.items() for key in schema.foreign_keys}
    assert looked_for <= planted
    assert {event for event, _ in looked_for} == {event for event, _ in planted}
