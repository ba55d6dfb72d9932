"""The ten events of food delivery: their fields, and how numbers become what is logged."""

from scripts.worlds.faults import fault_plan
from scripts.worlds.fields import flag, id_lists, ids, one_of, rounded, time, whole
from scripts.worlds.food_delivery.settings import VERSIONS
from scripts.worlds.scenario import Fields
from scripts.worlds.staging_rules import client_events, event_schemas

ISSUES = ("late_delivery", "cold_food", "wrong_item")
LATE_DELIVERY, COLD_FOOD, WRONG_ITEM = range(3)
RESPONSES = ("accepted", "rejected")
ACCEPTED, REJECTED = range(2)

_order, _batch, _offer, _zone = ids("o", 6), ids("b", 6), ids("f", 6), ids("z", 2)
_dollars, _degrees, _kilometres = rounded(2), rounded(5), rounded(3)

FIELDS: Fields = {
    "order_placed": {
        "order_id": _order,
        "restaurant_id": ids("r", 3),
        "zone_id": _zone,
        "is_batched_order": flag,
        "estimated_delivery_time_ts": time,
        "estimated_preparation_minutes": rounded(1),
        "restaurant_latitude": _degrees,
        "restaurant_longitude": _degrees,
        "customer_latitude": _degrees,
        "customer_longitude": _degrees,
        "order_value_usd": _dollars,
        "platform_fee_usd": _dollars,
        "algorithm_version": one_of(VERSIONS),
    },
    "order_delivered": {
        "order_id": _order,
        "actual_delivery_time_ts": time,
        "last_promised_time_ts": time,
    },
    "customer_support_ticket": {
        "order_id": _order,
        "issue_type": one_of(ISSUES),
        "refund_amount_usd": _dollars,
    },
    "customer_rating_order": {
        "order_id": _order,
        "overall_rating": whole,
        "food_quality_rating": whole,
    },
    "driver_batch_offer_received": {
        "offer_id": _offer,
        "batch_id": _batch,
        "zone_id": _zone,
        "order_ids_list": id_lists("o", 6),
        "offered_pay_usd": _dollars,
        "incentive_usd": _dollars,
    },
    "driver_batch_offer_response": {
        "offer_id": _offer,
        "batch_id": _batch,
        "response": one_of(RESPONSES),
    },
    "driver_pickup_complete": {"batch_id": _batch, "order_id": _order, "approach_km": _kilometres},
    "driver_delivery_complete": {
        "batch_id": _batch,
        "order_id": _order,
        "distance_driven_km_for_order": _kilometres,
        "route_driven_km": _kilometres,
        "tips_usd": _dollars,
    },
    "driver_online_session": {
        "session_id": ids("s", 6),
        "zone_id": _zone,
        "start_ts": time,
        "end_ts": time,
        "total_online_time_ms": whole,
        "total_active_delivery_time_ms": whole,
    },
    "batch_creation_details": {
        "batch_id": _batch,
        "order_ids_list": id_lists("o", 6),
        "algorithm_version": one_of(VERSIONS),
        "predicted_efficiency_gain_km": _kilometres,
        "predicted_time_savings_ms": whole,
    },
}

# Ids from o9990000 on: in a large world o990000 is an order.
_UNKNOWN_ORDER = {"foreign_keys": {"order_id": "o9"}}

CLIENT_EVENTS = client_events("food_delivery")
SCHEMAS = event_schemas(
    "food_delivery",
    prefixes={
        "order_placed": "op",
        "order_delivered": "od",
        "customer_support_ticket": "st",
        "customer_rating_order": "cr",
        "driver_batch_offer_received": "of",
        "driver_batch_offer_response": "or",
        "driver_pickup_complete": "pc",
        "driver_delivery_complete": "dc",
        "driver_online_session": "os",
        "batch_creation_details": "bc",
    },
    unknown_values={"issue_type": "bad_weather", "response": "pondering"},
    otherwise={
        "order_placed": {"money": ("order_value_usd", "platform_fee_usd")},
        "order_delivered": _UNKNOWN_ORDER,
        "customer_support_ticket": _UNKNOWN_ORDER | {"money": ("refund_amount_usd",)},
        "customer_rating_order": _UNKNOWN_ORDER,
        "driver_batch_offer_received": {"money": ("offered_pay_usd", "incentive_usd")},
        "driver_batch_offer_response": {"foreign_keys": {"offer_id": "f9"}},
        "driver_pickup_complete": _UNKNOWN_ORDER | {"money": ("approach_km",)},
        "driver_delivery_complete": _UNKNOWN_ORDER | {"money": ("tips_usd",)},
        "driver_online_session": {"money": ("total_online_time_ms",)},
        "batch_creation_details": {"foreign_keys": {"batch_id": "b9"}},
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
        "order_placed": (3, 3, 1, 3, 3, 1, 3, 0),
        "order_delivered": (3, 0, 0, 2, 0, 1, 0, 2),
        "customer_support_ticket": (2, 1, 1, 1, 1, 2, 1, 1),
        "customer_rating_order": (2, 2, 1, 1, 2, 1, 0, 2),
        "driver_batch_offer_received": (3, 0, 0, 2, 2, 1, 2, 0),
        "driver_batch_offer_response": (2, 2, 1, 2, 0, 2, 0, 2),
        "driver_pickup_complete": (3, 3, 1, 2, 1, 1, 1, 2),
        "driver_delivery_complete": (3, 3, 1, 2, 2, 1, 2, 2),
        "driver_online_session": (2, 2, 1, 2, 2, 1, 1, 0),
        "batch_creation_details": (2, 0, 0, 2, 2, 1, 0, 2),
    },
)
