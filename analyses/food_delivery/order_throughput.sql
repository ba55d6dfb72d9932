-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: order_throughput, deliveries / hours of zones, / hours that couriers are online (per_courier_hour), and
--         orders never delivered / orders (undelivered)
-- grain: week
-- reads: the fact of zones and windows of two hours
select
    cast(date_trunc('week', window_date) as date) as period_start,
    cast(sum(deliveries) as double) / sum(zone_hours) as value,
    -- trap: more orders, or more couriers, are not more capacity
    sum(deliveries) / nullif(sum(online_hours), 0) as per_courier_hour,
    cast(sum(undelivered_orders) as double) / nullif(sum(deliveries + undelivered_orders), 0) as undelivered
from {{ ref('fct_food_delivery__zone_windows') }}
group by cast(date_trunc('week', window_date) as date)
order by period_start
