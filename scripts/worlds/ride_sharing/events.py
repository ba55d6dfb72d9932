"""The nine events of ride sharing: their fields, and how numbers become what is logged."""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import actor, actor_lists, ids, one_of, rounded, some_of, time, whole
from scripts.worlds.ride_sharing.settings import CITIES
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

RIDE_TYPES = ("carpool", "standard")
RATED_ENTITIES = ("driver", "rider")
STAGES = ("before_match", "after_match_before_pickup")
FAILURE_REASONS = ("no_drivers", "no_match")
CANCELLATION_REASONS = (
    "long_wait",
    "changed_plans",
    "price",
    "driver_asked",
    "detour_too_long",
    "other",
)
ISSUES = (
    "lost_item",
    "fare_dispute",
    "safety",
    "driver_behaviour",
    "route",
    "app_problem",
    "other",
)
TAGS = (
    "friendly",
    "clean_car",
    "smooth_ride",
    "late",
    "long_detour",
    "rude",
    "crowded",
    "on_time",
    "polite",
    "late_at_pickup",
    "noisy",
)

_ride, _request = ids("r", 6), ids("q", 6)
_ride_type = one_of(RIDE_TYPES)
_places = rounded(4)

FIELDS: Fields = {
    "carpool_ride_request": {
        "request_id": _request,
        "origin_lat": _places,
        "origin_lon": _places,
        "destination_lat": _places,
        "destination_lon": _places,
    },
    "carpool_ride_match_success": {
        "request_id": _request,
        "driver_id": actor,
        "matched_user_ids_list": actor_lists,
        "initial_eta_seconds": whole,
    },
    "carpool_ride_match_failure": {
        "request_id": _request,
        "reason_code": one_of(FAILURE_REASONS),
    },
    "ride_completion": {
        "ride_id": _ride,
        "ride_type": _ride_type,
        "driver_id": actor,
        "request_id": _request,
        "city": one_of(tuple(city.name for city in CITIES)),
        "fare_usd": rounded(2),
        "fare_usd_driver_share": rounded(2),
        "fare_usd_platform_share": rounded(2),
        "distance_km": rounded(1),
        "duration_seconds": whole,
        "carpool_rider_count": whole,
    },
    "user_first_ride": {"ride_id": _ride, "ride_type": _ride_type},
    "carpool_leg_details": {
        "ride_id": _ride,
        "leg_user_id": actor,
        "leg_pickup_timestamp": time,
        "leg_dropoff_timestamp": time,
        "leg_intended_detour_seconds": whole,
    },
    "ride_rating_submitted": {
        "ride_id": _ride,
        "rated_entity_id": actor,
        "rated_entity_type": one_of(RATED_ENTITIES),
        "rating_score": whole,
        "ride_type": _ride_type,
        "feedback_tags_list": some_of(TAGS),
    },
    "ride_cancellation": {
        "ride_id": _ride,
        "request_id": _request,
        "stage_of_cancellation": one_of(STAGES),
        "reason_code": one_of(CANCELLATION_REASONS),
        "ride_type": _ride_type,
    },
    "support_ticket_created": {
        "ride_id": _ride,
        "issue_category": one_of(ISSUES),
        "ride_type": _ride_type,
    },
}

CLIENT_EVENTS = client_events("ride_sharing")
SCHEMAS = event_schemas(
    "ride_sharing",
    prefixes={
        "carpool_ride_request": "rq",
        "carpool_ride_match_success": "ms",
        "carpool_ride_match_failure": "mf",
        "ride_completion": "rc",
        "user_first_ride": "fr",
        "carpool_leg_details": "ld",
        "ride_rating_submitted": "rt",
        "ride_cancellation": "cn",
        "support_ticket_created": "tk",
    },
    unknown_values={
        "ride_type": "helicopter",
        "reason_code": "bad_weather",
        "rated_entity_type": "passenger",
        "stage_of_cancellation": "during_ride",
        "issue_category": "weather",
    },
    # Which fields are spoilt, and in which order, decides the rows of the committed seeds.
    otherwise={
        "carpool_ride_match_success": {"foreign_keys": {"request_id": "q"}},
        "carpool_ride_match_failure": {"foreign_keys": {"request_id": "q"}},
        "ride_completion": {
            "required_ids": ("event_id", "ride_id", "user_id", "driver_id"),
            "numbers": ("fare_usd", "distance_km", "duration_seconds"),
            "money": ("fare_usd",),
        },
        "user_first_ride": {"foreign_keys": {"ride_id": "r"}},
        "carpool_leg_details": {"foreign_keys": {"ride_id": "r"}},
        "ride_rating_submitted": {
            "accepted": {"ride_type": "helicopter", "rated_entity_type": "passenger"},
            "foreign_keys": {"ride_id": "r"},
        },
        # A standard ride that was cancelled leaves no other trace: only a request can be missing.
        "ride_cancellation": {
            "foreign_keys": {"ride_id": "r", "request_id": "q"},
            "orphan_where": ("ride_type", "carpool"),
        },
        "support_ticket_created": {
            "foreign_keys": {"ride_id": "r"},
            "orphan_where": ("ride_type", "carpool"),
        },
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
        "carpool_ride_request": (2, 2, 2, 2, 1, 1, 0, 0),
        "carpool_ride_match_success": (2, 0, 0, 2, 1, 0, 0, 2),
        "carpool_ride_match_failure": (1, 0, 0, 1, 0, 1, 0, 1),
        "ride_completion": (3, 4, 1, 3, 3, 2, 4, 0),
        "user_first_ride": (1, 1, 0, 0, 0, 1, 0, 1),
        "carpool_leg_details": (1, 2, 0, 1, 1, 0, 0, 2),
        "ride_rating_submitted": (2, 3, 2, 2, 2, 2, 0, 3),
        "ride_cancellation": (0, 0, 1, 0, 0, 3, 0, 1),
        "support_ticket_created": (0, 0, 1, 0, 0, 2, 0, 1),
    },
)
