-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_food_issue_rate by zone, batched orders reported cold or wrong / batched orders (orders_affected),
--         and those reported cold (cold_food)
-- grain: week
select
    deliveries.zone,
    cast(date_trunc('week', deliveries.placed_at) as date) as period_start,
    -- trap: who is angry writes twice, so count orders with a ticket and not tickets
    cast(count(distinct tickets.order_id) as double) / count(distinct deliveries.order_id) as orders_affected,
    cast(count(distinct case when tickets.issue_type = 'cold_food' then tickets.order_id end) as double)
    / count(distinct deliveries.order_id) as cold_food
from (
    select
        placed.zone_id as zone,
        placed.order_id,
        placed.event_at as placed_at,
        count(*) over (partition by trips.batch_id) as orders_on_route
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as trips on placed.order_id = trips.order_id
) as deliveries
left join {{ ref('stg_food_delivery__customer_support_ticket') }} as tickets
    on
        deliveries.order_id = tickets.order_id and tickets.issue_type in ('cold_food', 'wrong_item')
        and cast(tickets.event_at as date) <= cast(deliveries.placed_at as date) + interval '2' day
where deliveries.orders_on_route > 1
group by deliveries.zone, cast(date_trunc('week', deliveries.placed_at) as date)
order by period_start, deliveries.zone
