-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: deliveries_per_active_hour, orders delivered / hours on routes, and / hours of orders, added up
--         (by_order_time)
-- trap: the last counts the hour of a batch once for each of its orders
-- grain: week
with

trips as (

    select
        handovers.batch_id,
        min(placed.zone_id) as zone_id,
        min(placed.event_at) as placed_at,
        max(handovers.event_at) as handed_over_at,
        count(*) as orders,
        sum(coalesce(handovers.tips_usd, 0)) as tips_usd,
        sum(extract(epoch from handovers.event_at - pickups.event_at)) as order_seconds
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__driver_pickup_complete') }} as pickups
        on placed.order_id = pickups.order_id
    group by handovers.batch_id

),

routes as (

    select
        trips.*,
        offers.offered_pay_usd,
        cast(date_trunc('week', trips.placed_at) as date) as period_start,
        coalesce(offers.incentive_usd, 0) as incentive_usd,
        extract(epoch from trips.handed_over_at - responses.event_at) as active_seconds
    from trips
    inner join {{ ref('stg_food_delivery__driver_batch_offer_received') }} as offers
        on trips.batch_id = offers.batch_id
    inner join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
        on
            offers.offer_id = responses.offer_id
            and responses.response = 'accepted'

)

select
    period_start,
    3600 * cast(sum(orders) as double) / sum(active_seconds) as value,
    3600 * cast(sum(orders) as double) / sum(order_seconds) as by_order_time
from routes
group by period_start
order by period_start
