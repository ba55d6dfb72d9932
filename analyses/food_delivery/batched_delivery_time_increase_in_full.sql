-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_delivery_time_increase, mean minutes of batched deliveries less that of those alone (value), the
--         same against counterparts that are alike (adjusted), and batched deliveries that have one / batched
--         deliveries (overlap)
-- trap: batched orders are those of dinner and of the centre, so the first is greater than what batching adds
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

deliveries as (

    select
        cast(date_trunc('week', orders.event_at) as date) as period_start,
        orders.zone_id,
        orders.algorithm_version,
        case
            when orders.second_of_day < 50400 then 'lunch' when orders.second_of_day < 61200 then 'afternoon'
            else 'dinner'
        end as meal,
        case when 2 * orders.solo_km < 3 then 'near' when orders.solo_km < 3 then 'middle' else 'far' end as distance,
        case when orders.estimated_preparation_minutes < 15 then 'fast' else 'slow' end as preparation,
        extract(epoch from arrived.actual_delivery_time_ts - orders.event_at) / cast(60 as double) as minutes,
        count(*) over (partition by handovers.batch_id) > 1 as is_batched
    from orders
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on orders.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__order_delivered') }} as arrived
        on orders.order_id = arrived.order_id

),

compared as (

    select
        *,
        avg(case when not is_batched then minutes end) over (
            partition by period_start, zone_id, meal, distance, preparation, algorithm_version
        ) as counterpart_minutes
    from deliveries

)

select
    period_start,
    avg(case when is_batched then minutes end) - avg(case when not is_batched then minutes end) as value,
    avg(case when is_batched then minutes - counterpart_minutes end) as adjusted,
    cast(count(case when is_batched then counterpart_minutes end) as double)
    / nullif(count(case when is_batched then 1 end), 0) as overlap
from compared
group by period_start
order by period_start
