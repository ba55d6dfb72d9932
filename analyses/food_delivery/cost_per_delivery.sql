-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: cost_per_delivery, pay and incentives / orders delivered, the same with refunds (with_refunds), and pay /
--         routes (pay_per_route)
-- grain: week
-- reads: the fact of routes, one row for each trip of a courier
select
    cast(date_trunc('week', route_date) as date) as period_start,
    sum(pay_usd + incentive_usd) / sum(orders) as value,
    -- trap: food that grows cold in a batch is paid for in refunds
    sum(pay_usd + incentive_usd + refund_usd) / sum(orders) as with_refunds,
    sum(pay_usd) / count(*) as pay_per_route
from {{ ref('fct_food_delivery__routes') }}
group by cast(date_trunc('week', route_date) as date)
order by period_start
