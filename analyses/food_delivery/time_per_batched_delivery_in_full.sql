-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: time_per_batched_delivery, minutes from the first pickup to the last handover of a batch, / its orders
--         (per_delivery), and minutes from the acceptance on / its orders (active_per_delivery)
-- trap: a batch of three takes longer than one of two, and waiting for the second order lies before the first pickup
-- grain: week
with

trips as (

    select
        handovers.batch_id,
        min(placed.event_at) as placed_at,
        min(pickups.event_at) as picked_up_at,
        max(handovers.event_at) as handed_over_at,
        count(*) as orders
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__driver_pickup_complete') }} as pickups
        on placed.order_id = pickups.order_id
    group by handovers.batch_id
    having count(*) > 1

)

select
    cast(date_trunc('week', trips.placed_at) as date) as period_start,
    sum(extract(epoch from trips.handed_over_at - trips.picked_up_at)) / cast(60 as double) / count(*) as value,
    sum(extract(epoch from trips.handed_over_at - trips.picked_up_at)) / cast(60 as double) / sum(trips.orders)
        as per_delivery,
    sum(extract(epoch from trips.handed_over_at - responses.event_at)) / cast(60 as double) / sum(trips.orders)
        as active_per_delivery
from trips
inner join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
    on
        trips.batch_id = responses.batch_id
        and responses.response = 'accepted'
group by cast(date_trunc('week', trips.placed_at) as date)
order by period_start
