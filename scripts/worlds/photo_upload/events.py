"""The thirteen events of photo upload: their fields, and how numbers become what is logged."""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import ids, one_of, rounded, whole
from scripts.worlds.photo_upload.settings import NETWORKS, REGIONS, TOOLS
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

SOURCES = ("gallery", "camera")
MEDIA_TYPES = ("photo", "video")
FAILURE_STEPS = ("selection", "editing", "transfer", "processing")
ERROR_CODES = (
    "media_unreadable",
    "filter_crash",
    "connection_lost",
    "timeout",
    "service_unavailable",
    "processing_failed",
    "cancelled_by_user",
)
PERFORMANCE_METRICS = ("time_to_load_gallery_ms", "filter_apply_time_ms")
ISSUE_TYPES = ("ANR", "frame_drop_burst")
PARTS_OF_THE_APP = ("upload", "feed", "profile")
RETRY_KINDS = ("automatic", "manual")
METADATA_TYPES = ("caption", "user_tag", "location_tag")

_flow, _media, _attempt = ids("f", 6), ids("m", 6), ids("a", 6)
_post, _draft = ids("p", 6), ids("d", 6)
_network, _region = one_of(NETWORKS), one_of(REGIONS)

FIELDS: Fields = {
    "upload_flow_initiated": {
        "session_id": _flow,
        "source": one_of(SOURCES),
        "network_type": _network,
        "region": _region,
        "draft_id": _draft,
    },
    "upload_media_selected": {
        "session_id": _flow,
        "media_id": _media,
        "file_size_kb": whole,
        "media_type": one_of(MEDIA_TYPES),
        "background_seconds": whole,
    },
    "upload_edit_screen_opened": {"session_id": _flow, "background_seconds": whole},
    "upload_caption_screen_opened": {"session_id": _flow, "background_seconds": whole},
    "upload_attempt_started": {
        "session_id": _flow,
        "media_id": _media,
        "attempt_id": _attempt,
        "attempt_number": whole,
        "network_type": _network,
        "region": _region,
        "resumed_from_kb": whole,
        "background_seconds": whole,
    },
    "upload_success": {
        "session_id": _flow,
        "media_id": _media,
        "attempt_id": _attempt,
        "post_id": _post,
        "upload_duration_ms": whole,
        "transfer_ms": whole,
        "processing_ms": whole,
        "final_file_size_kb": whole,
    },
    "upload_failure": {
        "session_id": _flow,
        "media_id": _media,
        "attempt_id": _attempt,
        "failure_step": one_of(FAILURE_STEPS),
        "error_code": one_of(ERROR_CODES),
        "network_type": _network,
        "elapsed_ms": whole,
    },
    "client_performance_metric": {
        "session_id": _flow,
        "metric_name": one_of(PERFORMANCE_METRICS),
        "value_ms": rounded(1),
    },
    "app_responsiveness_issue": {
        "session_id": _flow,
        "issue_type": one_of(ISSUE_TYPES),
        "during_flow": one_of(PARTS_OF_THE_APP),
    },
    "upload_retry_attempt": {
        "session_id": _flow,
        "original_media_id": _media,
        "attempt_id": _attempt,
        "retry_kind": one_of(RETRY_KINDS),
    },
    "upload_edit_action": {"session_id": _flow, "edit_tool_used": one_of(TOOLS)},
    "upload_metadata_added": {"session_id": _flow, "metadata_type": one_of(METADATA_TYPES)},
    "upload_draft_saved": {"session_id": _flow, "draft_id": _draft},
}

# Ids from f9990000 on: in a large world f990000 is a flow.
_UNKNOWN_FLOW = {"foreign_keys": {"session_id": "f9"}}

CLIENT_EVENTS = client_events("photo_upload")
SCHEMAS = event_schemas(
    "photo_upload",
    prefixes={
        "upload_flow_initiated": "fi",
        "upload_media_selected": "ms",
        "upload_edit_screen_opened": "es",
        "upload_caption_screen_opened": "cs",
        "upload_attempt_started": "as",
        "upload_success": "us",
        "upload_failure": "uf",
        "client_performance_metric": "pm",
        "app_responsiveness_issue": "ri",
        "upload_retry_attempt": "ra",
        "upload_edit_action": "ea",
        "upload_metadata_added": "ma",
        "upload_draft_saved": "ds",
    },
    unknown_values={
        "source": "scanner",
        "network_type": "pigeon",
        "region": "antarctica",
        "media_type": "hologram",
        "failure_step": "wishing",
        "metric_name": "time_to_boredom_ms",
        "issue_type": "sulk",
        "during_flow": "lunch",
        "retry_kind": "desperate",
        "edit_tool_used": "scissors",
        "metadata_type": "smell",
    },
    otherwise={
        "upload_media_selected": _UNKNOWN_FLOW | {"money": ("file_size_kb",)},
        "upload_edit_screen_opened": _UNKNOWN_FLOW,
        "upload_caption_screen_opened": _UNKNOWN_FLOW,
        "upload_attempt_started": _UNKNOWN_FLOW,
        "upload_success": _UNKNOWN_FLOW | {"money": ("upload_duration_ms",)},
        "upload_failure": _UNKNOWN_FLOW,
        "client_performance_metric": _UNKNOWN_FLOW | {"money": ("value_ms",)},
        "app_responsiveness_issue": _UNKNOWN_FLOW | {"orphan_where": ("during_flow", "upload")},
        "upload_retry_attempt": _UNKNOWN_FLOW,
        "upload_edit_action": _UNKNOWN_FLOW,
        "upload_metadata_added": _UNKNOWN_FLOW,
        "upload_draft_saved": _UNKNOWN_FLOW,
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
        "upload_flow_initiated": (3, 3, 1, 2, 0, 3, 0, 0),
        "upload_media_selected": (3, 3, 1, 3, 2, 2, 2, 2),
        "upload_edit_screen_opened": (2, 2, 1, 1, 1, 1, 0, 1),
        "upload_caption_screen_opened": (2, 2, 1, 1, 1, 1, 0, 1),
        "upload_attempt_started": (3, 3, 1, 3, 2, 2, 0, 2),
        "upload_success": (3, 0, 0, 3, 3, 1, 2, 2),
        "upload_failure": (1, 1, 0, 1, 1, 2, 0, 1),
        "client_performance_metric": (2, 2, 1, 1, 2, 2, 2, 1),
        "app_responsiveness_issue": (1, 1, 0, 1, 0, 2, 0, 1),
        "upload_retry_attempt": (1, 0, 0, 1, 0, 1, 0, 1),
        "upload_edit_action": (2, 2, 0, 1, 0, 2, 0, 1),
        "upload_metadata_added": (2, 2, 1, 1, 0, 2, 0, 1),
        "upload_draft_saved": (1, 1, 0, 1, 0, 1, 0, 1),
    },
)
