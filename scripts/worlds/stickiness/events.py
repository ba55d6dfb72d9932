"""The seven events of the network: their fields, and how numbers become what is logged."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import Actors
from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import ids, one_of, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas
from scripts.worlds.stickiness.settings import FEATURES

OPEN_SOURCES = ("icon", "push", "link")
ACTIVITIES = ("view", "like", "post")
CREATIONS = ("post", "comment", "story")
INTERACTIONS = ("like", "share", "dm_sent", "friend_request_sent")

_session, _content = ids("s", 6), ids("c", 6)


def _minutes(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give minutes as they are, for west of Greenwich they are negative."""
    return pa.array(values)


def _somebody(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give the ids of actors; negative numbers become null."""
    names = actors.ids(np.maximum(values, 0))
    return pc.if_else(pa.array(values < 0), pa.scalar(None, pa.string()), names)


FIELDS: Fields = {
    "app_open": {"open_source": one_of(OPEN_SOURCES)},
    "session_start": {"session_id": _session},
    "user_active_event": {
        "session_id": _session,
        "activity_type": one_of(ACTIVITIES),
        "utc_offset_minutes": _minutes,
    },
    "content_viewed": {
        "session_id": _session,
        "content_id": _content,
        "view_duration_ms": whole,
        "scroll_depth_percentage": whole,
    },
    "content_created": {
        "session_id": _session,
        "content_id": _content,
        "creation_type": one_of(CREATIONS),
    },
    "social_interaction": {
        "session_id": _session,
        "target_user_id": _somebody,
        "interaction_type": one_of(INTERACTIONS),
    },
    "feature_used": {
        "session_id": _session,
        "feature_name": one_of(FEATURES),
    },
}

CLIENT_EVENTS = client_events("stickiness")
SCHEMAS = event_schemas(
    "stickiness",
    prefixes={
        "app_open": "ao",
        "session_start": "ss",
        "user_active_event": "ua",
        "content_viewed": "cv",
        "content_created": "cc",
        "social_interaction": "si",
        "feature_used": "fu",
    },
    unknown_values={
        "open_source": "doorbell",
        "activity_type": "daydream",
        "creation_type": "sculpture",
        "interaction_type": "wave",
    },
    # Ids from s9990000 on: in a large world s990000 is a session.
    otherwise={
        event: {"foreign_keys": {"session_id": "s9"}}
        for event in (
            "user_active_event",
            "content_viewed",
            "content_created",
            "social_interaction",
            "feature_used",
        )
    },
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
        "app_open": (3, 3, 2, 2, 0, 2, 0),
        "session_start": (3, 3, 2, 3, 0, 1, 0),
        "user_active_event": (4, 4, 2, 2, 3, 2, 0),
        "content_viewed": (4, 4, 0, 3, 3, 2, 3),
        "content_created": (2, 1, 0, 2, 0, 2, 0),
        "social_interaction": (3, 1, 0, 2, 0, 2, 0),
        "feature_used": (3, 3, 1, 1, 0, 1, 0),
    },
)
