-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: batching_rate, orders meant to be batched / orders (value), orders delivered in a batch / orders delivered,
--         of those with another near them in place and time (of_eligible), and the same of all orders delivered
--         (of_delivered)
-- trap: the first counts what was meant to be batched, and orders that never come are neither
-- grain: week
with

placed as (

    select
        *,
        cast(31415926535897932 as double) / 10000000000000000 / 180 as radian
    from {{ ref('stg_food_delivery__order_placed') }}

),

neighbours as (

    select
        placed.order_id,
        sin((placed.restaurant_latitude - nearby.restaurant_latitude) * placed.radian / 2) as pickup_north,
        sin((placed.restaurant_longitude - nearby.restaurant_longitude) * placed.radian / 2) as pickup_east,
        cos(placed.restaurant_latitude * placed.radian) * cos(nearby.restaurant_latitude * placed.radian)
            as pickup_cosines,
        sin((placed.customer_latitude - nearby.customer_latitude) * placed.radian / 2) as door_north,
        sin((placed.customer_longitude - nearby.customer_longitude) * placed.radian / 2) as door_east,
        cos(placed.customer_latitude * placed.radian) * cos(nearby.customer_latitude * placed.radian) as door_cosines
    from placed
    inner join {{ ref('stg_food_delivery__order_placed') }} as nearby
        on
            placed.zone_id = nearby.zone_id
            and placed.order_id <> nearby.order_id
            and extract(epoch from nearby.event_at - placed.event_at) between -600 and 600

),

eligible as (

    select distinct order_id
    from neighbours
    where
        cast(127420176 as double) / 10000
        * asin(sqrt(pickup_north * pickup_north + pickup_cosines * pickup_east * pickup_east))
        <= cast(3 as double) / 10
        and cast(127420176 as double) / 10000
        * asin(sqrt(door_north * door_north + door_cosines * door_east * door_east)) <= cast(3 as double) / 2

),

orders as (

    select
        cast(date_trunc('week', placed.event_at) as date) as period_start,
        placed.is_batched_order,
        eligible.order_id is not null as is_eligible,
        handovers.order_id is not null as is_delivered,
        handovers.order_id is not null and count(*) over (partition by handovers.batch_id) > 1 as is_batched
    from placed
    left join eligible
        on placed.order_id = eligible.order_id
    left join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id

)

select
    period_start,
    cast(count(case when is_batched_order then 1 end) as double) / count(*) as value,
    cast(count(case when is_eligible and is_batched then 1 end) as double)
    / nullif(count(case when is_eligible and is_delivered then 1 end), 0) as of_eligible,
    cast(count(case when is_batched then 1 end) as double)
    / nullif(count(case when is_delivered then 1 end), 0) as of_delivered
from orders
group by period_start
order by period_start
