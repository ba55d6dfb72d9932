"""The six events of messenger: their fields, and how numbers become what is logged.

A message is received by the account, so there is a row too for somebody who has left.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from scripts.worlds.envelope import Actors, choose, envelope, identifiers
from scripts.worlds.messenger.day import Columns
from scripts.worlds.scenario import EventSchema

MESSAGE_TYPES = ("text", "image", "reaction")
SESSION_TYPES = ("messenger",)
NOTIFICATIONS = ("all", "mentions", "none")

Field = Callable[[np.ndarray, Actors], pa.Array]


def _ids(prefix: str, width: int) -> Field:
    return lambda values, actors: identifiers(prefix, values, width)


def _one_of(names: tuple[str, ...]) -> Field:
    return lambda values, actors: choose(names, values)


def _whole(values: np.ndarray, actors: Actors) -> pa.Array:
    return pa.array(values)


def _actors(values: np.ndarray, actors: Actors) -> pa.Array:
    present = values >= 0
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    people = actors.identifier.take(pa.array(values[present]))
    return pa.ListArray.from_arrays(pa.array(offsets), people)


_message, _conversation = _ids("m", 6), _ids("c", 5)
_message_type = _one_of(MESSAGE_TYPES)

FIELDS: dict[str, dict[str, Field]] = {
    "message_sent": {
        "message_id": _message,
        "conversation_id": _conversation,
        "message_type": _message_type,
        "character_count": _whole,
        "media_count": _whole,
    },
    "message_received": {
        "message_id": _message,
        "conversation_id": _conversation,
        "message_type": _message_type,
    },
    "app_session_start": {
        "session_id": _ids("s", 7),
        "session_type": _one_of(SESSION_TYPES),
    },
    "conversation_created": {
        "conversation_id": _conversation,
        "participant_user_ids_list": _actors,
    },
    "notification_settings_change": {"notifications": _one_of(NOTIFICATIONS)},
    "app_uninstall": {},
}

_FRIDGE = {"platform": "smart_fridge"}

SCHEMAS: dict[str, EventSchema] = {
    "message_sent": EventSchema(
        prefix="ms",
        required_ids=("event_id", "message_id", "conversation_id", "user_id"),
        accepted={"message_type": "hologram", **_FRIDGE},
        numbers=("character_count", "media_count"),
    ),
    "message_received": EventSchema(
        prefix="mr",
        required_ids=("event_id", "message_id", "conversation_id", "user_id"),
        accepted={"message_type": "hologram", **_FRIDGE},
        # Ids from m9990000 on: in a large world m990000 is a message.
        foreign_keys={"message_id": "m9"},
    ),
    "app_session_start": EventSchema(
        prefix="as",
        required_ids=("event_id", "session_id", "user_id"),
        accepted={"session_type": "carrier_pigeon", **_FRIDGE},
    ),
    "conversation_created": EventSchema(
        prefix="cc",
        required_ids=("event_id", "conversation_id", "user_id"),
        accepted=_FRIDGE,
    ),
    "notification_settings_change": EventSchema(
        prefix="ns",
        required_ids=("event_id", "user_id"),
        accepted={"notifications": "loud", **_FRIDGE},
    ),
    "app_uninstall": EventSchema(
        prefix="au",
        required_ids=("event_id", "user_id"),
        accepted=_FRIDGE,
    ),
}

FAULT_PLAN: dict[str, dict[str, int]] = {
    "duplicate": {
        "message_sent": 4,
        "message_received": 4,
        "app_session_start": 3,
        "conversation_created": 2,
        "notification_settings_change": 1,
        "app_uninstall": 1,
    },
    "late_arrival": {
        "message_sent": 4,
        "message_received": 3,
        "app_session_start": 4,
        "conversation_created": 1,
        "notification_settings_change": 2,
    },
    "future_clock": {"app_session_start": 3, "notification_settings_change": 1},
    "null_id": {
        "message_sent": 4,
        "message_received": 4,
        "app_session_start": 3,
        "conversation_created": 3,
        "notification_settings_change": 1,
        "app_uninstall": 1,
    },
    "unparsable_number": {"message_sent": 4},
    "unknown_enum": {
        "message_sent": 2,
        "message_received": 2,
        "app_session_start": 2,
        "conversation_created": 1,
        "notification_settings_change": 2,
        "app_uninstall": 1,
    },
    "orphan": {"message_received": 4},
}


def to_tables(
    days: list[dict[str, Columns]], actors: Actors, logged: dict[str, int], end: int
) -> dict[str, pa.Table]:
    """Write numbers down as events.

    Args:
        days: for each day, columns of numbers for each event, from the simulation.
        actors: the users.
        logged: how many of each event were written before; updated.
        end: second at which the world ends.

    Returns:
        One typed table for each event.
    """
    tables = {}
    for event, fields in FIELDS.items():
        columns = [day[event] for day in days]
        values = {name: np.concatenate([part[name] for part in columns]) for name in columns[0]}
        size = len(values["at"])
        numbers = logged.get(event, 0) + 1 + np.arange(size)
        logged[event] = logged.get(event, 0) + size
        opening = envelope(
            identifiers(SCHEMAS[event].prefix, numbers, 7),
            values["at"],
            values["delay"],
            values["actor"],
            actors,
            end,
        )
        rest = {name: field(values[name], actors) for name, field in fields.items()}
        tables[event] = pa.table({**opening, **rest})
    return tables
