-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: courier_earnings_per_hour, pay, incentives and tips / hours on routes (active)
-- grain: week
-- reads: the fact of routes, one row for each trip of a courier
select
    cast(date_trunc('week', route_date) as date) as period_start,
    -- trap: two orders are carried at the same time; added up, the hour of a batch counts twice
    sum(pay_usd + incentive_usd + tips_usd) / nullif(sum(active_hours), 0) as active
from {{ ref('fct_food_delivery__routes') }}
group by cast(date_trunc('week', route_date) as date)
order by period_start
