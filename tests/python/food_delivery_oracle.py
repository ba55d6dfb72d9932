"""The metrics of food delivery worked out anew in Polars, from staged events.

No SQL is shared with the marts: frames come from `select *` alone. A number is found by grain,
first day of the period, member of a slice ('all' without one) and statistic.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

Key = tuple[str, date, str, str]
"""Grain, first day of the period, member, statistic."""
Numbers = dict[Key, float]
Parts = dict[str, tuple[pl.Expr, pl.Expr]]
"""Of each statistic the aggregates that are above and below."""
Events = dict[str, pl.DataFrame]

STARTS = {"day": "1d", "week": "1w", "month": "1mo"}
EARTH_KM, STREET = 6371.0088, 1.3
COUNT = pl.len()
BATCHED = pl.col("route_kind") == "batched"
SINGLE = pl.col("route_kind") == "single"
DELIVERED = pl.col("outcome") == "delivered"
# The slice of each metric that is compared, beside the total.
SLICES = {
    "courier_earnings_per_hour": "zone",
    "cost_per_delivery": "route_kind",
    "deliveries_per_active_hour": "route_kind",
    "mileage_per_delivery": "meal",
    "marketplace_efficiency_gain": "algorithm_version",
    "customer_delivery_fee_impact": "algorithm_version",
    "order_throughput": "zone",
}


def many(condition: pl.Expr) -> pl.Expr:
    """How many rows fulfil a condition; an unknown one is not fulfilled."""
    return condition.fill_null(value=False).sum()


def where(condition: pl.Expr, column: str) -> pl.Expr:
    """The sum of a column where a condition holds."""
    return pl.col(column).filter(condition.fill_null(value=False)).sum()


def ratios(rows: pl.DataFrame, day: str, parts: Parts, slice_name: str) -> Numbers:
    """Ratios of sums for each period, in all and for each member of a slice."""
    found: Numbers = {}
    aggregates = [
        part.cast(pl.Float64).alias(f"{name} {place}")
        for name, both in parts.items()
        for place, part in zip(("above", "below"), both, strict=True)
    ]
    for grain, length in STARTS.items():
        start = pl.col(day).dt.truncate(length).alias("start")
        for member in (pl.lit("all"), pl.col(slice_name)):
            groups = [start, member.alias("member")]
            for row in rows.group_by(groups).agg(aggregates).iter_rows(named=True):
                for name in parts:
                    if row[f"{name} below"]:
                        above = row[f"{name} above"] or 0.0
                        found[grain, row["start"], row["member"], name] = (
                            above / row[f"{name} below"]
                        )
    return found


def kilometres(start: str, end: str, suffix: str = "") -> pl.Expr:
    """The distance over the ground between two columns of coordinates (haversine)."""
    north = pl.col(f"{end}_latitude{suffix}") - pl.col(f"{start}_latitude")
    east = pl.col(f"{end}_longitude{suffix}") - pl.col(f"{start}_longitude")
    chord = (north.radians() / 2).sin() ** 2 + pl.col(f"{start}_latitude").radians().cos() * (
        pl.col(f"{end}_latitude{suffix}").radians().cos()
    ) * (east.radians() / 2).sin() ** 2
    return 2 * EARTH_KM * chord.sqrt().arcsin()


def seconds(start: str, end: str) -> pl.Expr:
    """Seconds between two columns of times."""
    return (pl.col(end) - pl.col(start)).dt.total_milliseconds() / 1e3


def meal(hour: pl.Expr) -> pl.Expr:
    """The meal of an hour."""
    return (
        pl.when(hour < 14)
        .then(pl.lit("lunch"))
        .when(hour < 17)
        .then(pl.lit("afternoon"))
        .otherwise(pl.lit("dinner"))
    )


def eligible_orders(placed: pl.DataFrame) -> pl.DataFrame:
    """Orders with another near them in place and time."""
    near = placed.select("zone_id", "order_id", "event_at", pl.selectors.matches("itude"))
    pairs = near.join(near, on="zone_id", suffix="_other").filter(
        (pl.col("order_id") != pl.col("order_id_other"))
        & (seconds("event_at", "event_at_other").abs() <= 600)
        & (kilometres("restaurant", "restaurant", "_other") <= 0.3)
        & (kilometres("customer", "customer", "_other") <= 1.5)
    )
    return pairs.select("order_id").unique()


def orders_of(events: Events) -> pl.DataFrame:
    """One row for each order, with all that became of it."""
    placed = events["order_placed"].rename({"zone_id": "zone", "event_at": "placed_at"})
    handovers = events["driver_delivery_complete"].join(
        placed.select("order_id"), on="order_id", how="semi"
    )
    routes = handovers.group_by("batch_id").agg(COUNT.alias("orders_on_route"))
    tickets = (
        events["customer_support_ticket"]
        .join(placed.select("order_id", "placed_at"), on="order_id")
        .filter(pl.col("event_at").dt.date() <= pl.col("placed_at").dt.date().dt.offset_by("2d"))
        .group_by("order_id")
        .agg(
            many(pl.col("issue_type") == "cold_food").alias("cold"),
            many(pl.col("issue_type") == "wrong_item").alias("wrong"),
            pl.col("refund_amount_usd").sum().alias("refund_usd"),
        )
    )
    known_until = placed["received_at"].max()
    return (
        placed.join(
            handovers.select(
                "order_id",
                "batch_id",
                pl.col("user_id").alias("courier_id"),
                pl.col("event_at").alias("handed_over_at"),
                "distance_driven_km_for_order",
                "route_driven_km",
                "tips_usd",
            ),
            on="order_id",
            how="left",
        )
        .join(routes, on="batch_id", how="left")
        .join(
            events["driver_pickup_complete"].select(
                "order_id", pl.col("event_at").alias("picked_up_at"), "approach_km"
            ),
            on="order_id",
            how="left",
        )
        .join(
            events["order_delivered"].select(
                "order_id", "actual_delivery_time_ts", "last_promised_time_ts"
            ),
            on="order_id",
            how="left",
        )
        .join(
            events["customer_rating_order"].select("order_id", "food_quality_rating"),
            on="order_id",
            how="left",
        )
        .join(tickets, on="order_id", how="left")
        .join(
            eligible_orders(events["order_placed"]).with_columns(
                pl.lit(value=True).alias("eligible")
            ),
            on="order_id",
            how="left",
        )
        .with_columns(
            pl.col("placed_at").dt.date().alias("day"),
            meal(pl.col("placed_at").dt.hour()).alias("meal"),
            kilometres("restaurant", "customer").alias("solo_km"),
            pl.col("cold").fill_null(0),
            pl.col("wrong").fill_null(0),
            pl.col("refund_usd").fill_null(0.0),
            pl.col("tips_usd").fill_null(0.0),
            (seconds("placed_at", "actual_delivery_time_ts") / 60).alias("minutes"),
            (seconds("estimated_delivery_time_ts", "actual_delivery_time_ts") / 60).alias("late"),
            (seconds("last_promised_time_ts", "actual_delivery_time_ts") / 60).alias("later"),
            pl.when(pl.col("orders_on_route") > 1)
            .then(pl.lit("batched"))
            .when(pl.col("orders_on_route") == 1)
            .then(pl.lit("single"))
            .alias("route_kind"),
            pl.when(pl.col("handed_over_at").is_not_null())
            .then(pl.lit("delivered"))
            .when((known_until - pl.col("placed_at")).dt.total_seconds() < 86_400)
            .then(pl.lit("pending"))
            .otherwise(pl.lit("undelivered"))
            .alias("outcome"),
        )
    )


def routes_of(events: Events) -> pl.DataFrame:
    """One row for each route on which anything was delivered."""
    accepted = events["driver_batch_offer_received"].join(
        events["driver_batch_offer_response"]
        .filter(pl.col("response") == "accepted")
        .select("offer_id", pl.col("event_at").alias("accepted_at")),
        on="offer_id",
    )
    predictions = events["batch_creation_details"].select(
        "batch_id", pl.col("predicted_efficiency_gain_km").alias("predicted_km")
    )
    return (
        orders_of(events)
        .filter(pl.col("batch_id").is_not_null())
        .with_columns((seconds("picked_up_at", "handed_over_at") / 3600).alias("order_hours"))
        .group_by("batch_id")
        .agg(
            pl.col("zone", "meal", "algorithm_version", "day", "picked_up_at").min(),
            pl.col("handed_over_at", "route_driven_km", "route_kind").max(),
            pl.col("solo_km", "tips_usd", "refund_usd", "order_hours", "approach_km").sum(),
            pl.col("distance_driven_km_for_order").sum().alias("order_km"),
            COUNT.alias("orders"),
        )
        .join(
            accepted.select(
                "batch_id",
                "accepted_at",
                pl.col("offered_pay_usd").alias("pay"),
                pl.col("incentive_usd").fill_null(0.0).alias("incentive"),
            ),
            on="batch_id",
        )
        .join(predictions, on="batch_id", how="left")
        .with_columns(
            (seconds("accepted_at", "handed_over_at") / 3600).alias("active_hours"),
            (seconds("picked_up_at", "handed_over_at") / 60).alias("carrying"),
            (pl.col("pay") + pl.col("incentive") + pl.col("tips_usd")).alias("earned"),
            (STREET * pl.col("solo_km")).alias("unbatched"),
            (pl.col("route_driven_km") - pl.col("approach_km")).alias("driven"),
        )
    )


def sessions_of(events: Events) -> pl.DataFrame:
    """Times online, of which each second of a courier counts in the zone that was there first."""
    return (
        events["driver_online_session"]
        .sort("user_id", "start_ts", "session_id")
        .with_columns(
            pl.col("end_ts")
            .cum_max()
            .shift()
            .over("user_id")
            .fill_null(pl.col("start_ts"))
            .alias("until")
        )
        .with_columns(
            pl.max_horizontal("start_ts", pl.min_horizontal("until", "end_ts")).alias("since"),
            pl.col("start_ts").dt.date().alias("day"),
            pl.col("zone_id").alias("zone"),
        )
        .with_columns((seconds("since", "end_ts") / 3600).alias("online"))
    )


def increase(events: Events) -> Numbers:
    """Batched deliveries against those alone, as they are and against alike ones."""
    found: Numbers = {}
    strata = ["zone", "meal", "distance", "preparation", "algorithm_version"]
    deliveries = (
        orders_of(events)
        .filter(DELIVERED)
        .with_columns(
            pl.col("solo_km").cut([1.5, 3.0], left_closed=True).alias("distance"),
            (pl.col("estimated_preparation_minutes") < 15).alias("preparation"),
        )
    )
    for grain, length in STARTS.items():
        in_periods = deliveries.with_columns(pl.col("day").dt.truncate(length).alias("start"))
        for member in ("all", "zone"):
            slices = ["start"] if member == "all" else ["start", "zone"]
            means = in_periods.group_by(slices).agg(
                pl.col("minutes").filter(BATCHED).mean().alias("batched"),
                pl.col("minutes").filter(SINGLE).mean().alias("single"),
                many(BATCHED).alias("all_batched"),
            )
            cells = (
                in_periods.group_by([*{*slices, *strata, "start"}])
                .agg(
                    pl.col("minutes").filter(BATCHED).mean().alias("treated"),
                    pl.col("minutes").filter(SINGLE).mean().alias("counterpart"),
                    many(BATCHED).alias("weight"),
                )
                .filter(pl.col("treated").is_not_null() & pl.col("counterpart").is_not_null())
                .group_by(slices)
                .agg(
                    ((pl.col("treated") - pl.col("counterpart")) * pl.col("weight"))
                    .sum()
                    .alias("above"),
                    pl.col("weight").sum(),
                )
            )
            for row in means.join(cells, on=slices, how="left").iter_rows(named=True):
                place = (grain, row["start"], "all" if member == "all" else row["zone"])
                if row["batched"] is not None and row["single"] is not None:
                    found[*place, "value"] = row["batched"] - row["single"]
                if row["weight"]:
                    found[*place, "adjusted"] = row["above"] / row["weight"]
                if row["all_batched"]:
                    found[*place, "overlap"] = (row["weight"] or 0) / row["all_batched"]
    return found


def eta(events: Events) -> Numbers:
    """How far batched orders come from what was promised."""
    batched = orders_of(events).filter(DELIVERED & BATCHED)
    count = pl.col("late").count()
    return ratios(
        batched,
        "day",
        {
            "value": (pl.col("late").sum(), count),
            "absolute": (pl.col("late").abs().sum(), count),
            "late_5_minutes": (many(pl.col("late") > 5), count),
            "by_last_promise": (pl.col("later").abs().sum(), pl.col("later").count()),
            "p90": (rank_90("late"), pl.lit(1)),
        },
        "zone",
    )


def rank_90(column: str) -> pl.Expr:
    """The smallest value that nine of ten do not exceed."""
    place = (9 * pl.len() + 9) // 10 - 1
    return pl.col(column).sort().get(place)


def issues(events: Events) -> Numbers:
    """Reports of cold and wrong food."""
    orders = orders_of(events).filter(DELIVERED)
    tickets = pl.col("cold") + pl.col("wrong")
    batched, single = many(BATCHED), many(SINGLE)
    return ratios(
        orders,
        "day",
        {
            "value": (tickets.filter(BATCHED).sum(), batched),
            "orders_affected": (many(BATCHED & (tickets > 0)), batched),
            "cold_food": (many(BATCHED & (pl.col("cold") > 0)), batched),
            "cold_food_of_single": (many(SINGLE & (pl.col("cold") > 0)), single),
            "wrong_item": (many(BATCHED & (pl.col("wrong") > 0)), batched),
            "wrong_item_of_single": (many(SINGLE & (pl.col("wrong") > 0)), single),
        },
        "zone",
    )


def ratings(events: Events) -> Numbers:
    """Stars for the food."""
    stars = pl.col("food_quality_rating")
    rated = many(BATCHED & stars.is_not_null())
    return ratios(
        orders_of(events).filter(DELIVERED),
        "day",
        {
            "value": (where(BATCHED, "food_quality_rating"), rated),
            "low_ratings": (many(BATCHED & (stars <= 2)), rated),
            "response_rate": (rated, many(BATCHED)),
            "of_single": (
                where(SINGLE, "food_quality_rating"),
                many(SINGLE & stars.is_not_null()),
            ),
        },
        "zone",
    )


def earnings(events: Events) -> Numbers:
    """What couriers earn in an hour online and on routes."""
    routes, sessions = routes_of(events), sessions_of(events)
    earned = pl.col("earned").sum()
    rows = pl.concat(
        [routes.select("day", "zone", "earned"), sessions.select("day", "zone", "online")],
        how="diagonal",
    )
    return ratios(rows, "day", {"value": (earned, pl.col("online").sum())}, "zone") | ratios(
        routes,
        "day",
        {
            "active": (earned, pl.col("active_hours").sum()),
            "by_order_time": (earned, pl.col("order_hours").sum()),
        },
        "zone",
    )


def of_routes(parts: Parts, slice_name: str) -> Callable[[Events], Numbers]:
    """A metric that is made of routes."""
    return lambda events: ratios(routes_of(events), "day", parts, slice_name)


def acceptance(events: Events) -> Numbers:
    """How often couriers take batches."""
    offers = (
        events["driver_batch_offer_received"]
        .filter(pl.col("order_ids_list").list.len() > 1)
        .join(
            events["driver_batch_offer_response"].select("offer_id", "response"),
            on="offer_id",
            how="left",
        )
        .with_columns(pl.col("event_at").dt.date().alias("day"), pl.col("zone_id").alias("zone"))
    )
    accepted = pl.col("response") == "accepted"
    taken = pl.col("batch_id").filter(accepted.fill_null(value=False)).n_unique()
    return ratios(
        offers,
        "day",
        {
            "value": (many(accepted), pl.col("response").count()),
            "of_offers": (many(accepted), COUNT),
            "of_batches": (taken, pl.col("batch_id").n_unique()),
        },
        "zone",
    )


def batching(events: Events) -> Numbers:
    """How many orders are batched."""
    near = pl.col("eligible") & DELIVERED
    return ratios(
        orders_of(events),
        "day",
        {
            "value": (many(pl.col("is_batched_order")), COUNT),
            "of_eligible": (many(near & BATCHED), many(near)),
            "of_delivered": (many(DELIVERED & BATCHED), many(DELIVERED)),
        },
        "zone",
    )


def throughput(events: Events) -> Numbers:
    """Deliveries by the hour of zones and of couriers."""
    window = "window"
    orders = (
        orders_of(events)
        .with_columns(pl.col("placed_at").dt.truncate("2h").alias(window))
        .group_by("zone", window)
        .agg(
            many(DELIVERED).alias("deliveries"),
            many(pl.col("outcome") == "undelivered").alias("lost"),
        )
    )
    couriers = (
        sessions_of(events)
        .filter(pl.col("since") < pl.col("end_ts"))
        .with_columns(
            pl.datetime_ranges(
                pl.col("since").dt.truncate("2h"), pl.col("end_ts"), interval="2h"
            ).alias(window)
        )
        .explode(window)
        .filter(pl.col(window) < pl.col("end_ts"))
        .with_columns(
            (
                pl.min_horizontal("end_ts", pl.col(window) + pl.duration(hours=2))
                - pl.max_horizontal("since", window)
            )
            .dt.total_milliseconds()
            .truediv(3.6e6)
            .alias("online")
        )
        .group_by("zone", window)
        .agg(pl.col("online").sum())
    )
    windows = (
        orders.join(couriers, on=["zone", window], how="full", coalesce=True)
        .with_columns(pl.col("deliveries", "lost").fill_null(0), pl.col("online").fill_null(0.0))
        .with_columns(pl.col(window).dt.date().alias("day"))
    )
    deliveries = pl.col("deliveries").sum()
    return ratios(
        windows,
        "day",
        {
            "value": (deliveries, 2 * COUNT),
            "per_courier_hour": (deliveries, pl.col("online").sum()),
            "undelivered": (pl.col("lost").sum(), deliveries + pl.col("lost").sum()),
        },
        "zone",
    )


def fees(events: Events) -> Numbers:
    """What customers pay for a delivery."""
    paid = pl.col("platform_fee_usd").sum()
    return ratios(
        orders_of(events),
        "day",
        {
            "value": (paid, COUNT),
            "of_order_value": (paid, pl.col("order_value_usd").sum()),
            "batched": (where(BATCHED, "platform_fee_usd"), many(BATCHED)),
            "single": (where(SINGLE, "platform_fee_usd"), many(SINGLE)),
        },
        "algorithm_version",
    )


_ORDERS, _ACTIVE, _OVERLAPPING = (
    pl.col(name).sum() for name in ("orders", "active_hours", "order_hours")
)
_PAID = (pl.col("pay") + pl.col("incentive")).sum()
_IN_BATCHES = where(BATCHED, "orders")
_KILOMETRES = pl.col("route_driven_km").sum()

ORACLES: dict[str, Callable[[Events], Numbers]] = {
    "batched_delivery_time_increase": increase,
    "batched_eta_accuracy": eta,
    "batched_food_issue_rate": issues,
    "batched_food_quality_rating": ratings,
    "courier_earnings_per_hour": earnings,
    "deliveries_per_active_hour": of_routes(
        {"value": (_ORDERS, _ACTIVE), "by_order_time": (_ORDERS, _OVERLAPPING)}, "route_kind"
    ),
    "mileage_per_delivery": of_routes(
        {
            "value": (pl.col("order_km").sum(), _ORDERS),
            "route_km": (_KILOMETRES, _ORDERS),
            "per_dollar": (_KILOMETRES, pl.col("earned").sum()),
        },
        "meal",
    ),
    "batch_offer_acceptance_rate": acceptance,
    "time_per_batched_delivery": lambda events: ratios(
        routes_of(events).filter(BATCHED),
        "day",
        {
            "value": (pl.col("carrying").sum(), COUNT),
            "per_delivery": (pl.col("carrying").sum(), _ORDERS),
            "active_per_delivery": (60 * _ACTIVE, _ORDERS),
        },
        "zone",
    ),
    "batching_rate": batching,
    "cost_per_delivery": of_routes(
        {
            "value": (_PAID, _ORDERS),
            "with_refunds": (_PAID + pl.col("refund_usd").sum(), _ORDERS),
            "pay_per_route": (pl.col("pay").sum(), COUNT),
        },
        "route_kind",
    ),
    "marketplace_efficiency_gain": of_routes(
        {
            "value": (where(BATCHED, "unbatched") - where(BATCHED, "order_km"), _IN_BATCHES),
            "realised": (where(BATCHED, "unbatched") - where(BATCHED, "driven"), _IN_BATCHES),
            "predicted": (where(BATCHED, "predicted_km"), _IN_BATCHES),
            "realised_of_predicted": (
                where(BATCHED, "unbatched") - where(BATCHED, "driven"),
                where(BATCHED, "predicted_km"),
            ),
            "single_trips": (where(SINGLE, "driven"), where(SINGLE, "unbatched")),
        },
        "algorithm_version",
    ),
    "order_throughput": throughput,
    "customer_delivery_fee_impact": fees,
}
