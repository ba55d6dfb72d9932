"""The eight events of cloud storage: their fields, and how numbers become what is logged."""

import numpy as np
import pyarrow as pa

from scripts.worlds.cloud_storage.settings import EXPERIMENT, MODELS, VARIANTS
from scripts.worlds.envelope import Actors, choose, identifiers
from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import flag, ids, one_of, whole
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

OPEN_METHODS = ("quick_access", "search", "browse")
ACTION_TYPES = ("folder_open", "sort_files")
FEEDBACK_TYPES = ("not_relevant", "dismiss")
_TOPICS = (
    "budget",
    "invoice",
    "contract",
    "roadmap",
    "minutes",
    "holiday photos",
    "tax return",
    "cv",
    "recipe",
    "lease",
    "design review",
    "timesheet",
    "survey",
    "offer letter",
)
_HINTS = ("", " 2025", " 2026", " final", " draft", " pdf", " team")
SEARCH_TERMS = tuple(topic + hint for topic in _TOPICS for hint in _HINTS)


def _files(values: np.ndarray, actors: Actors) -> pa.Array:
    files = identifiers("f", values.ravel(), 6)
    offsets = np.arange(0, values.size + 1, values.shape[1], dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), files)


def _terms(values: np.ndarray, actors: Actors) -> pa.Array:
    return choose(SEARCH_TERMS, values % len(SEARCH_TERMS))


_session, _impression, _file = ids("s", 6), ids("i", 6), ids("f", 6)

FIELDS: Fields = {
    "experiment_assignment": {
        "session_id": _session,
        "experiment_id": one_of((EXPERIMENT,)),
        "variant": one_of(VARIANTS),
        "is_exposure": flag,
    },
    "quick_access_impression": {
        "session_id": _session,
        "impression_id": _impression,
        "suggested_file_ids_list_ordered": _files,
        "model_version": one_of(MODELS),
    },
    "quick_access_click": {
        "session_id": _session,
        "impression_id": _impression,
        "clicked_file_id": _file,
        "rank_of_clicked_file": whole,
        "model_version": one_of(MODELS),
    },
    "quick_access_negative_feedback": {
        "session_id": _session,
        "impression_id": _impression,
        "unhelpful_file_id": _file,
        "feedback_type": one_of(FEEDBACK_TYPES),
    },
    "file_opened": {
        "session_id": _session,
        "file_id": _file,
        "open_method": one_of(OPEN_METHODS),
    },
    "search_query_executed": {"session_id": _session, "search_terms": _terms},
    "navigation_action": {
        "session_id": _session,
        "action_type": one_of(ACTION_TYPES),
        "depth": whole,
    },
    "user_first_quick_access_click": {},
}

# Ids from i9990000 on: in a large world i990000 is an impression.
_UNKNOWN_IMPRESSION = {"impression_id": "i9"}

CLIENT_EVENTS = client_events("cloud_storage")
SCHEMAS = event_schemas(
    "cloud_storage",
    prefixes={
        "experiment_assignment": "xa",
        "quick_access_impression": "qi",
        "quick_access_click": "qc",
        "quick_access_negative_feedback": "qf",
        "file_opened": "fo",
        "search_query_executed": "sq",
        "navigation_action": "na",
        "user_first_quick_access_click": "fq",
    },
    unknown_values={
        "variant": "treatment_b",
        "feedback_type": "too_slow",
        "open_method": "telepathy",
        "action_type": "teleport",
    },
    # Which ids are left out, and in which order, decides the rows of the committed seeds.
    otherwise={
        "experiment_assignment": {"required_ids": ("event_id", "user_id", "session_id")},
        "quick_access_impression": {"required_ids": ("event_id", "impression_id", "user_id")},
        "quick_access_click": {
            "required_ids": ("event_id", "impression_id", "session_id"),
            "foreign_keys": _UNKNOWN_IMPRESSION,
        },
        "file_opened": {"required_ids": ("event_id", "file_id", "user_id", "session_id")},
        "quick_access_negative_feedback": {"foreign_keys": _UNKNOWN_IMPRESSION},
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
        "experiment_assignment": (2, 2, 0, 2, 0, 2, 0),
        "quick_access_impression": (2, 2, 1, 2, 0, 0, 0),
        "quick_access_click": (3, 3, 2, 3, 2, 0, 3),
        "quick_access_negative_feedback": (1, 0, 0, 1, 0, 1, 1),
        "file_opened": (3, 4, 1, 4, 0, 2, 0),
        "search_query_executed": (2, 2, 0, 2, 0, 1, 0),
        "navigation_action": (2, 2, 2, 1, 3, 2, 0),
        "user_first_quick_access_click": (1, 1, 0, 1, 0, 1, 0),
    },
)
