"""The events of short video: their fields, and how numbers become what is logged."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.worlds.envelope import Actors, identifiers
from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import flag, ids, one_of, rounded, some_of, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.short_video.location_events import (
    LOCATION_FAULTS,
    LOCATION_FIELDS,
    LOCATION_OTHERWISE,
    LOCATION_PREFIXES,
)
from scripts.worlds.short_video.settings import FEATURES
from scripts.worlds.short_video.sharing import (
    SHARING_FAULTS,
    SHARING_FIELDS,
    SHARING_OTHERWISE,
    SHARING_PREFIXES,
    SHARING_UNKNOWN_VALUES,
)
from scripts.worlds.staging_rules import client_events, event_schemas

ENTRY_POINTS = ("camera_button", "profile", "sound_page", "template")
TOOLS = ("filter_warm", "sound_loop", "text_overlay", "green_screen")
VIEW_SOURCES = ("fyp", "following", "share")
FYP, FOLLOWING, SHARE = range(3)
REEL_INTERACTIONS = ("like", "comment", "share", "save", "unlike")
SOURCES = ("share_link", "invitation", "advertisement")
REFERRERS = ("reels_share_link",)
CONTENT_TYPES = ("reel", "post")
REASONS = ("spam", "nudity", "violence", "harassment", "other")
SERVICES = ("reels_feed_service", "reels_backend")
DEVICES = ("phone", "tablet", "computer")
INTERACTIONS = ("view", "create", "like", "comment", "share")
VIEW, CREATE, LIKE = range(3)

KIND = 10_000_000
"""What a content is stands before its number: posts, images and reels have numbers of their own."""
_PREFIXES = ("p", "i", "r")
A_POST, AN_IMAGE, A_REEL = (kind * KIND for kind in range(3))

_session, _flow = ids("s", 6), ids("c", 6)
_view, _reel = ids("v", 6), ids("r", 6)
_feature = one_of(FEATURES)


def _content(values: np.ndarray, actors: Actors) -> pa.Array:
    """Give the ids of posts, images and reels; negative numbers become null."""
    names = identifiers(_PREFIXES[0], values, 6)
    for kind, prefix in enumerate(_PREFIXES[1:], start=1):
        of_kind = identifiers(prefix, values - kind * KIND, 6)
        names = pc.if_else(pa.array(values // KIND == kind), of_kind, names)
    return names


FIELDS: Fields = {
    "reel_creation_started": {"reel_session_id": _flow, "entry_point": one_of(ENTRY_POINTS)},
    "reel_tool_used": {"reel_session_id": _flow, "tool_name": one_of(TOOLS)},
    "reel_draft_saved": {"reel_session_id": _flow},
    "reel_published": {
        "reel_session_id": _flow,
        "reel_id": _reel,
        "creation_time_ms": whole,
        "tools_used_list": some_of(TOOLS),
        "content_length_sec": whole,
    },
    "user_signup_completed": {},
    "user_active_session_start": {"session_id": _session},
    "reel_view_impression": {
        "view_id": _view,
        "reel_id": _reel,
        "session_id": _session,
        "view_source": one_of(VIEW_SOURCES),
        "content_length_sec": whole,
        "views_represented": whole,
    },
    "reel_view_progress": {
        "view_id": _view,
        "reel_id": _reel,
        "session_id": _session,
        "watch_time_ms": whole,
        "percentage_watched": whole,
        "is_rewatch": flag,
    },
    "reel_interaction": {
        "view_id": _view,
        "reel_id": _reel,
        "interaction_type": one_of(REEL_INTERACTIONS),
    },
    "reel_session_summary": {
        "session_id": _session,
        "total_reels_viewed": whole,
        "total_watch_time_ms_in_reels": whole,
        "scroll_depth": whole,
    },
    "user_signup_referral": {
        "source": one_of(SOURCES),
        "referred_by_feature": one_of(REFERRERS),
    },
    "content_report": {
        "content_id": _content,
        "content_type": one_of(CONTENT_TYPES),
        "reason_code": one_of(REASONS),
    },
    "system_performance_log": {
        "service_name": one_of(SERVICES),
        "latency_ms": whole,
        "error_rate": rounded(3),
        "cpu_utilization": rounded(2),
    },
    "main_feed_time_spent": {"session_id": _session, "duration_ms": whole},
    "stories_viewed": {"session_id": _session, "stories_count": whole},
    "user_session_start": {"session_id": _session, "device_type": one_of(DEVICES)},
    "feature_interaction": {
        "session_id": _session,
        "feature_name": _feature,
        "interaction_type": one_of(INTERACTIONS),
        "content_id": _content,
        "time_spent_on_interaction_ms": whole,
        "sequence_no": whole,
    },
    "content_creation": {
        "session_id": _session,
        "feature_name": _feature,
        "content_id": _content,
    },
    **SHARING_FIELDS,
    **LOCATION_FIELDS,
}

# Ids from s9990000 on: in a large world s990000 is a session.
_IN_A_SESSION = {"foreign_keys": {"session_id": "s9"}}
_IN_A_FLOW = {"foreign_keys": {"reel_session_id": "c9"}}
_OF_A_VIEW = {"foreign_keys": {"view_id": "v9"}}

CLIENT_EVENTS = client_events("short_video")
SCHEMAS = event_schemas(
    "short_video",
    prefixes={
        "reel_creation_started": "cs",
        "reel_tool_used": "tu",
        "reel_draft_saved": "ds",
        "reel_published": "rp",
        "user_signup_completed": "su",
        "user_active_session_start": "as",
        "reel_view_impression": "vi",
        "reel_view_progress": "vp",
        "reel_interaction": "ri",
        "reel_session_summary": "rs",
        "user_signup_referral": "sr",
        "content_report": "cr",
        "system_performance_log": "pl",
        "main_feed_time_spent": "ft",
        "stories_viewed": "sv",
        "user_session_start": "ss",
        "feature_interaction": "fi",
        "content_creation": "cc",
        **SHARING_PREFIXES,
        **LOCATION_PREFIXES,
    },
    unknown_values={
        "entry_point": "back_door",
        "view_source": "dream",
        "interaction_type": "wink",
        "source": "rumour",
        "content_type": "hologram",
        "reason_code": "envy",
        "service_name": "reels_kitchen",
        "device_type": "toaster",
        "feature_name": "Teleport",
        **SHARING_UNKNOWN_VALUES,
        "declared_via": "gossip",
    },
    otherwise={
        "reel_tool_used": _IN_A_FLOW,
        "reel_draft_saved": _IN_A_FLOW,
        "reel_published": _IN_A_FLOW | {"money": ("creation_time_ms",)},
        "user_active_session_start": _IN_A_SESSION,
        "reel_view_progress": _OF_A_VIEW | {"money": ("watch_time_ms",)},
        "reel_interaction": _OF_A_VIEW,
        "reel_session_summary": _IN_A_SESSION | {"money": ("total_watch_time_ms_in_reels",)},
        "main_feed_time_spent": _IN_A_SESSION | {"money": ("duration_ms",)},
        "stories_viewed": _IN_A_SESSION,
        "feature_interaction": _IN_A_SESSION | {"money": ("time_spent_on_interaction_ms",)},
        "content_creation": _IN_A_SESSION,
        "system_performance_log": {"money": ("latency_ms",)},
        **SHARING_OTHERWISE,
        **LOCATION_OTHERWISE,
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
        "negative_amount",
        "orphan",
    ),
    {
        "reel_creation_started": (2, 2, 0, 2, 0, 2, 0, 0),
        "reel_tool_used": (2, 2, 0, 1, 0, 0, 0, 2),
        "reel_draft_saved": (1, 1, 0, 1, 0, 0, 0, 1),
        "reel_published": (2, 0, 0, 2, 2, 0, 1, 1),
        "user_signup_completed": (2, 0, 0, 1, 0, 1, 0, 0),
        "user_active_session_start": (3, 3, 1, 2, 0, 1, 0, 2),
        "reel_view_impression": (3, 3, 1, 2, 2, 2, 0, 0),
        "reel_view_progress": (3, 3, 1, 2, 2, 0, 1, 2),
        "reel_interaction": (2, 2, 0, 1, 0, 2, 0, 1),
        "reel_session_summary": (2, 2, 1, 1, 2, 0, 1, 1),
        "user_signup_referral": (1, 0, 0, 1, 0, 1, 0, 0),
        "content_report": (1, 0, 0, 1, 0, 2, 0, 0),
        "system_performance_log": (1, 0, 0, 0, 2, 1, 1, 0),
        "main_feed_time_spent": (3, 3, 1, 2, 2, 0, 1, 2),
        "stories_viewed": (2, 2, 0, 1, 1, 0, 0, 1),
        "user_session_start": (3, 3, 1, 2, 0, 2, 0, 0),
        "feature_interaction": (4, 4, 2, 3, 3, 3, 2, 3),
        "content_creation": (2, 0, 0, 2, 0, 2, 0, 1),
        **SHARING_FAULTS,
        **LOCATION_FAULTS,
    },
)
