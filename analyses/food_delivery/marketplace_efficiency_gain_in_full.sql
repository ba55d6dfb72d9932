-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: marketplace_efficiency_gain, kilometres that single trips would have taken less those of orders / orders in
--         batches (value), less those of routes (realised), what the algorithm predicts (predicted), realised /
--         predicted (realised_of_predicted), and kilometres of single trips / what the rule says of them
--         (single_trips)
-- trap: the first counts a way that orders share once for each, and what the algorithm predicts is what it chose by
-- grain: week
with

placed as (

    select
        *,
        cast(31415926535897932 as double) / 10000000000000000 / 180 as radian,
        extract(epoch from event_at - cast(cast(event_at as date) as timestamp)) as second_of_day
    from {{ ref('stg_food_delivery__order_placed') }}

),

placed_sines as (

    select
        *,
        sin((customer_latitude - restaurant_latitude) * radian / 2) as sine_north,
        sin((customer_longitude - restaurant_longitude) * radian / 2) as sine_east,
        cos(restaurant_latitude * radian) * cos(customer_latitude * radian) as cosines
    from placed

),

orders as (

    select
        *,
        cast(127420176 as double) / 10000
        * asin(sqrt(sine_north * sine_north + cosines * sine_east * sine_east)) as solo_km
    from placed_sines

),

trips as (

    select
        handovers.batch_id,
        min(orders.event_at) as placed_at,
        count(*) as orders,
        cast(13 as double) / 10 * sum(orders.solo_km) as unbatched_km,
        sum(handovers.distance_driven_km_for_order) as order_km,
        max(handovers.route_driven_km) - sum(coalesce(pickups.approach_km, 0)) as carrying_km
    from orders
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on orders.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__driver_pickup_complete') }} as pickups
        on orders.order_id = pickups.order_id
    group by handovers.batch_id

),

routes as (

    select
        trips.*,
        cast(date_trunc('week', trips.placed_at) as date) as period_start,
        trips.orders > 1 as is_batched,
        case when trips.orders > 1 then batches.predicted_efficiency_gain_km end as predicted_km
    from trips
    left join {{ ref('stg_food_delivery__batch_creation_details') }} as batches
        on trips.batch_id = batches.batch_id

)

select
    period_start,
    sum(case when is_batched then unbatched_km - order_km end) / sum(case when is_batched then orders end) as value,
    sum(case when is_batched then unbatched_km - carrying_km end) / sum(case when is_batched then orders end)
        as realised,
    sum(predicted_km) / sum(case when predicted_km is not null then orders end) as predicted,
    sum(case when predicted_km is not null then unbatched_km - carrying_km end) / sum(predicted_km)
        as realised_of_predicted,
    sum(case when not is_batched then carrying_km end) / sum(case when not is_batched then unbatched_km end)
        as single_trips
from routes
group by period_start
order by period_start
