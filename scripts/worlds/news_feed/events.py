"""The nine events of the news feed: their fields, and how numbers become what is logged."""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import actor, flag, ids, one_of, rounded, time, whole
from scripts.worlds.news_feed.settings import CONTENT_TYPES, EXPERIMENT, TOPICS, VARIANTS
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

INTERACTIONS = (
    "like",
    "comment",
    "share",
    "click",
    "profile_click_from_item",
    "expand_item",
    "hide",
    "report",
    "unfollow_source_from_item",
    "dwell_time_gt_threshold",
)
LIKE, COMMENT, SHARE, CLICK, PROFILE_CLICK, EXPAND, HIDE, REPORT, UNFOLLOW, DWELL = range(10)
ACTIONS = ("follow", "unfollow")
SURVEYS = ("feed_satisfaction", "creator_reach")
QUESTIONS = ("feed", "reach")
OF_FEED, OF_REACH = range(2)
RESPONSES = ("content", "echo_chamber", "boredom", "reduced_reach")
CONTENT, ECHO_CHAMBER, BOREDOM, REDUCED_REACH = range(4)
REASONS = ("boring", "too_much_time", "new_phone")

_session, _impression, _item = ids("s", 5), ids("i", 6), ids("p", 5)

FIELDS: Fields = {
    "feed_session_start": {
        "session_id": _session,
        "experiment_id": one_of((EXPERIMENT,)),
        "variant": one_of(VARIANTS),
        "viewport_height_pixels": whole,
    },
    "feed_scroll": {
        "session_id": _session,
        "scroll_depth_pixels": whole,
        "scroll_velocity": whole,
    },
    "item_impression_in_feed": {
        "session_id": _session,
        "impression_id": _impression,
        "item_id": _item,
        "position_in_feed": whole,
        "content_type": one_of(CONTENT_TYPES),
        "source_id": actor,
        "topic_id": one_of(TOPICS),
        "item_created_at": time,
        "is_contractable": flag,
        "is_source_followed": flag,
        "predicted_score": rounded(2),
        "predicted_affinity": rounded(2),
        "harm_score": rounded(2),
    },
    "item_interaction_in_feed": {
        "session_id": _session,
        "impression_id": _impression,
        "item_id": _item,
        "interaction_type": one_of(INTERACTIONS),
        "dwell_time_ms": whole,
    },
    "feed_session_end": {
        "session_id": _session,
        "duration_ms": whole,
        "items_viewed_count": whole,
    },
    "user_follow_action": {
        "target_source_id": actor,
        "action": one_of(ACTIONS),
        "impression_id": _impression,
    },
    "item_seen_long_enough_to_evaluate": {
        "impression_id": _impression,
        "item_id": _item,
        "duration_on_screen_ms": whole,
    },
    "user_survey_response": {
        "survey_id": one_of(SURVEYS),
        "question_id": one_of(QUESTIONS),
        "is_answered": flag,
        "response_value": one_of(RESPONSES),
    },
    "app_uninstall": {"reason": one_of(REASONS)},
}

# Ids from s9990000 on: in a large world s990000 is a session.
_IN_A_SESSION = {"foreign_keys": {"session_id": "s9"}}
_OF_AN_IMPRESSION = {"foreign_keys": {"impression_id": "i9"}}

CLIENT_EVENTS = client_events("news_feed")
SCHEMAS = event_schemas(
    "news_feed",
    prefixes={
        "feed_session_start": "fs",
        "feed_scroll": "sc",
        "item_impression_in_feed": "im",
        "item_interaction_in_feed": "in",
        "feed_session_end": "fe",
        "user_follow_action": "fa",
        "item_seen_long_enough_to_evaluate": "se",
        "user_survey_response": "sr",
        "app_uninstall": "un",
    },
    unknown_values={
        "content_type": "hologram",
        "interaction_type": "wink",
        "action": "stalk",
        "survey_id": "gossip",
        "response_value": "meh",
    },
    otherwise={
        "feed_scroll": _IN_A_SESSION | {"money": ("scroll_depth_pixels",)},
        "item_impression_in_feed": _IN_A_SESSION,
        "item_interaction_in_feed": _OF_AN_IMPRESSION,
        "feed_session_end": _IN_A_SESSION | {"money": ("duration_ms", "items_viewed_count")},
        "item_seen_long_enough_to_evaluate": (
            _OF_AN_IMPRESSION | {"money": ("duration_on_screen_ms",)}
        ),
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
        "feed_session_start": (2, 2, 0, 2, 1, 1, 0, 0),
        "feed_scroll": (2, 2, 1, 2, 2, 0, 1, 2),
        "item_impression_in_feed": (4, 4, 2, 4, 3, 3, 0, 3),
        "item_interaction_in_feed": (3, 4, 2, 3, 1, 3, 0, 3),
        "feed_session_end": (2, 2, 1, 2, 2, 0, 2, 2),
        "user_follow_action": (1, 1, 0, 1, 0, 1, 0, 0),
        "item_seen_long_enough_to_evaluate": (3, 3, 1, 3, 2, 0, 2, 3),
        "user_survey_response": (2, 2, 0, 2, 0, 2, 0, 0),
        "app_uninstall": (1, 0, 0, 1, 0, 1, 0, 0),
    },
)
