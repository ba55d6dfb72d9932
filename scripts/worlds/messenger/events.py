"""The six events of messenger: their fields, and how numbers become what is logged.

A message is received by the account, so there is a row too for somebody who has left.
"""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import actor_lists, ids, one_of, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

MESSAGE_TYPES = ("text", "image", "reaction")
SESSION_TYPES = ("messenger",)
NOTIFICATIONS = ("all", "mentions", "none")

_message, _conversation = ids("m", 6), ids("c", 5)
_message_type = one_of(MESSAGE_TYPES)

FIELDS: Fields = {
    "message_sent": {
        "message_id": _message,
        "conversation_id": _conversation,
        "message_type": _message_type,
        "character_count": whole,
        "media_count": whole,
    },
    "message_received": {
        "message_id": _message,
        "conversation_id": _conversation,
        "message_type": _message_type,
    },
    "app_session_start": {
        "session_id": ids("s", 7),
        "session_type": one_of(SESSION_TYPES),
    },
    "conversation_created": {
        "conversation_id": _conversation,
        "participant_user_ids_list": actor_lists,
    },
    "notification_settings_change": {"notifications": one_of(NOTIFICATIONS)},
    "app_uninstall": {},
}

CLIENT_EVENTS = client_events("messenger")
SCHEMAS = event_schemas(
    "messenger",
    prefixes={
        "message_sent": "ms",
        "message_received": "mr",
        "app_session_start": "as",
        "conversation_created": "cc",
        "notification_settings_change": "ns",
        "app_uninstall": "au",
    },
    unknown_values={
        "message_type": "hologram",
        "session_type": "carrier_pigeon",
        "notifications": "loud",
    },
    # Ids from m9990000 on: in a large world m990000 is a message.
    otherwise={"message_received": {"foreign_keys": {"message_id": "m9"}}},
)

FAULT_PLAN = fault_plan(
    (
        "duplicate",
        "late_arrival",
        "future_clock",
        "null_id",
        "unparsable_number",
        "unknown_enum",
        "orphan",
    ),
    {
        "message_sent": (4, 4, 0, 4, 4, 2, 0),
        "message_received": (4, 3, 0, 4, 0, 2, 4),
        "app_session_start": (3, 4, 3, 3, 0, 2, 0),
        "conversation_created": (2, 1, 0, 3, 0, 1, 0),
        "notification_settings_change": (1, 2, 1, 1, 0, 2, 0),
        "app_uninstall": (1, 0, 0, 1, 0, 1, 0),
    },
)
