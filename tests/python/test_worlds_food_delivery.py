"""What is special about the food-delivery worlds: trips hang together, what is planted is there."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest

from tests.python.worlds import clean, count


@cache
def world() -> duckdb.DuckDBPyConnection:
    """Give the committed world before its faults, with a view of the trips of couriers."""
    connection = clean("food_delivery")
    connection.execute(
        """
        create view accepted as
        select offers.*, responses.event_at as answered_at
        from driver_batch_offer_received as offers
        join driver_batch_offer_response as responses using (offer_id)
        where responses.response = 'accepted';
        create view trips as
        select
            accepted.batch_id, accepted.user_id, accepted.order_ids_list, accepted.answered_at,
            min(pickups.event_at) as left_at, max(handovers.event_at) as done_at,
            count(*) as orders
        from accepted
        join driver_pickup_complete as pickups using (batch_id, user_id)
        join driver_delivery_complete as handovers using (batch_id, user_id, order_id)
        group by all
        """
    )
    return connection


CONTRADICTIONS = {
    "an order that is delivered before its courier has left with it": """
        select * from driver_delivery_complete as handovers
        left join driver_pickup_complete as pickups using (batch_id, user_id, order_id)
        where pickups.event_at is null or pickups.event_at >= handovers.event_at""",
    "an order that is delivered twice": """
        select order_id from driver_delivery_complete group by order_id having count(*) > 1""",
    "a delivery that the customer knows another time of": """
        select * from driver_delivery_complete as handovers
        full join order_delivered as arrived using (order_id)
        where handovers.event_at is distinct from arrived.actual_delivery_time_ts""",
    "a route that is offered before its orders are placed": """
        select * from driver_batch_offer_received as offers
        join order_placed as placed on list_contains(offers.order_ids_list, placed.order_id)
        where offers.event_at <= placed.event_at""",
    "a route that two couriers accept": """
        select batch_id from accepted group by batch_id having count(*) > 1""",
    "a courier who delivers other orders than were accepted": """
        select * from trips where orders <> len(order_ids_list)""",
    "a courier who leaves a restaurant before the route is accepted": """
        select * from trips where left_at <= answered_at""",
    "a courier who is on two routes at once": """
        select * from (
            select done_at, lead(answered_at) over (partition by user_id order by answered_at)
                as next_at
            from trips
        ) where next_at < done_at""",
    "a courier who is on a route and not online": """
        select * from trips where not exists (
            select 1 from driver_online_session as sessions
            where sessions.user_id = trips.user_id and sessions.start_ts <= trips.answered_at
                and sessions.end_ts >= trips.done_at
        )""",
    "active time that differs from that of the routes": """
        select sessions.user_id from (
            select user_id, cast(start_ts as date) as day,
                sum(total_active_delivery_time_ms) as active
            from driver_online_session group by all
        ) as sessions join (
            select user_id, cast(answered_at as date) as day,
                sum(epoch(done_at) - epoch(answered_at)) * 1000 as active
            from trips group by all
        ) as routes using (user_id, day) where sessions.active <> routes.active""",
    "a batch without its details, or details of a single order": """
        select * from driver_batch_offer_received as offers
        left join batch_creation_details as details using (batch_id)
        where (len(offers.order_ids_list) > 1) <> (details.batch_id is not null)""",
    "a window with two versions": """
        select zone_id from order_placed
        group by zone_id, cast(event_at as date), hour(event_at) // 2
        having count(distinct algorithm_version) > 1""",
    "a batch of two restaurants": """
        select batch_id from driver_delivery_complete join order_placed using (order_id)
        group by batch_id having count(distinct restaurant_id) > 1""",
    "an order far from its zone's restaurants": """
        select * from order_placed
        where abs(customer_latitude - restaurant_latitude) > 0.05""",
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_the_clean_events_never_hold(what: str) -> None:
    assert not world().execute(CONTRADICTIONS[what]).fetchmany(3), what


# What happens, and how often at least.
HAPPENINGS = {
    "orders that are offered in more than one batch": (
        4,
        """
        select order_id from (
            select unnest(order_ids_list) as order_id, batch_id from batch_creation_details
        ) group by order_id having count(distinct batch_id) > 1
        """,
    ),
    "offers that time out": (
        30,
        """
        select * from driver_batch_offer_received anti join driver_batch_offer_response
            using (offer_id)
        """,
    ),
    "orders that are never delivered": (
        10,
        "select * from order_placed anti join order_delivered using (order_id)",
    ),
    "orders meant to be batched that are delivered alone": (
        10,
        """
        select * from order_placed join driver_delivery_complete as handovers using (order_id)
        where is_batched_order and batch_id not in (select batch_id from batch_creation_details)
        """,
    ),
    "orders that are complained of twice for one thing": (
        8,
        """
        select order_id from customer_support_ticket group by order_id, issue_type
        having count(*) > 1
        """,
    ),
    "couriers who are online in two zones at once": (
        40,
        """
        select * from driver_online_session as one join driver_online_session as other
            using (user_id)
        where one.zone_id < other.zone_id and one.start_ts < other.end_ts
            and other.start_ts < one.end_ts
        """,
    ),
}


@pytest.mark.parametrize("what", HAPPENINGS)
def test_traps_occur_often_enough(what: str) -> None:
    least, query = HAPPENINGS[what]
    assert count(world(), query) >= least
