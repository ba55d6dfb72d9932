-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: deliveries_per_active_hour by route_kind, orders delivered / hours on routes, and / hours of orders, added
--         up (by_order_time)
-- grain: week
-- reads: the fact of routes, one row for each trip of a courier
select
    route_kind,
    cast(date_trunc('week', route_date) as date) as period_start,
    -- trap: two orders that are carried at the same time are one time on the road
    sum(orders) / nullif(sum(active_hours), 0) as value,
    sum(orders) / nullif(sum(order_hours), 0) as by_order_time
from {{ ref('fct_food_delivery__routes') }}
group by route_kind, cast(date_trunc('week', route_date) as date)
order by period_start, route_kind
