"""The eleven events of the service: their fields, and how numbers become what is logged."""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import ids, one_of, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas
from scripts.worlds.streaming.catalogue import EPISODE_IDS, TITLE_IDS

DEVICE_TYPES = ("tv", "mobile", "computer")
LOGIN_METHODS = ("password", "remembered")
PLANS = ("basic", "standard", "premium")
CHANGES = ("new_sub", "churn", "upgrade", "downgrade")
CHURN_REASONS = ("voluntary", "payment")
FEATURES = ("download", "profile_creation", "watchlist_add")
SOURCES = ("browse", "search", "recommendation", "watchlist", "continue_watching", "autoplay")
PROFILES = ("adult", "kids")
INTERACTIONS = ("skip_intro", "seek_forward", "pause")
ACTIONS = ("add", "remove")
RATINGS = ("thumbs_up", "thumbs_down")

_session, _playback, _device = ids("s", 5), ids("p", 5), ids("d", 4)
_title, _episode = one_of(TITLE_IDS), one_of(EPISODE_IDS)
_ITEM = {"playback_id": _playback, "title_id": _title, "episode_id": _episode}
_DEVICE = {"device_id": _device, "device_type": one_of(DEVICE_TYPES)}

FIELDS: Fields = {
    "user_login_success": {**_DEVICE, "login_method": one_of(LOGIN_METHODS)},
    "streaming_session_start": {"session_id": _session, **_DEVICE},
    "streaming_session_end": {
        "session_id": _session,
        "total_watch_time_ms_in_session": whole,
        "titles_watched_count_in_session": whole,
    },
    "subscription_change": {
        "old_plan": one_of(PLANS),
        "new_plan": one_of(PLANS),
        "event_type": one_of(CHANGES),
        "churn_reason": one_of(CHURN_REASONS),
    },
    "feature_used": {"feature_name": one_of(FEATURES)},
    "playback_start": {
        "playback_id": _playback,
        "session_id": _session,
        "title_id": _title,
        "episode_id": _episode,
        "source": one_of(SOURCES),
        "profile_type": one_of(PROFILES),
        "start_position_ms": whole,
        "total_duration_ms": whole,
    },
    "playback_completion_milestone": {**_ITEM, "percentage_watched": whole, "watched_ms": whole},
    "playback_stop_or_abandon": {
        **_ITEM,
        "last_watched_position_ms": whole,
        "total_duration_ms": whole,
        "watched_ms": whole,
    },
    "in_video_interaction": {
        "playback_id": _playback,
        "title_id": _title,
        "interaction_type": one_of(INTERACTIONS),
    },
    "watchlist_add_remove": {"title_id": _title, "action": one_of(ACTIONS)},
    "content_rating": {"title_id": _title, "rating": one_of(RATINGS)},
}

CLIENT_EVENTS = client_events("streaming")
# Ids from 9990000 on: in a large world 990000 is a playback.
_UNKNOWN_PLAYBACK = {"foreign_keys": {"playback_id": "p9"}}
SCHEMAS = event_schemas(
    "streaming",
    prefixes={
        "user_login_success": "lo",
        "streaming_session_start": "ss",
        "streaming_session_end": "se",
        "subscription_change": "sc",
        "feature_used": "fu",
        "playback_start": "ps",
        "playback_completion_milestone": "pm",
        "playback_stop_or_abandon": "pe",
        "in_video_interaction": "vi",
        "watchlist_add_remove": "wl",
        "content_rating": "cr",
    },
    unknown_values={
        "device_type": "toaster",
        "login_method": "charm",
        "old_plan": "golden",
        "new_plan": "golden",
        "event_type": "daydream",
        "churn_reason": "weather",
        "feature_name": "popcorn",
        "source": "dream",
        "profile_type": "cat",
        "interaction_type": "yawn",
        "action": "admire",
        "rating": "shrug",
    },
    otherwise={
        # Not every session is watched in, and less than nothing is nothing.
        "streaming_session_end": {"foreign_keys": {"session_id": "s9"}},
        # A copy of a start is another playback, of a session that nobody began.
        "playback_start": {"foreign_keys": {"session_id": "s9", "playback_id": "q9"}},
        "playback_completion_milestone": _UNKNOWN_PLAYBACK | {"money": ("watched_ms",)},
        "playback_stop_or_abandon": _UNKNOWN_PLAYBACK | {"money": ("watched_ms",)},
        "in_video_interaction": _UNKNOWN_PLAYBACK,
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
        "user_login_success": (2, 2, 0, 1, 0, 2, 0, 0),
        "streaming_session_start": (3, 3, 2, 2, 0, 1, 0, 0),
        "streaming_session_end": (3, 3, 1, 2, 2, 1, 0, 2),
        "subscription_change": (2, 1, 0, 1, 0, 3, 0, 0),
        "feature_used": (1, 1, 1, 1, 0, 2, 0, 0),
        "playback_start": (4, 4, 2, 3, 2, 2, 0, 2),
        "playback_completion_milestone": (4, 4, 2, 3, 2, 1, 2, 3),
        "playback_stop_or_abandon": (4, 4, 2, 3, 3, 1, 2, 3),
        "in_video_interaction": (2, 2, 1, 2, 0, 2, 0, 2),
        "watchlist_add_remove": (2, 1, 0, 1, 0, 2, 0, 0),
        "content_rating": (1, 1, 0, 1, 0, 2, 0, 0),
    },
)
