-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: time_per_batched_delivery by zone, minutes from the first pickup to the last handover of a batch, / its
--         orders (per_delivery), and minutes from the acceptance on / its orders (active_per_delivery)
-- grain: week
-- reads: the fact of routes, one row for each trip of a courier
select
    zone,
    cast(date_trunc('week', route_date) as date) as period_start,
    -- trap: a batch of three is not slower than one of two because it takes longer
    sum(carrying_minutes) / count(*) as value,
    sum(carrying_minutes) / sum(orders) as per_delivery,
    -- trap: a courier who waits for the second order has not picked up the first
    60 * sum(active_hours) / sum(orders) as active_per_delivery
from {{ ref('fct_food_delivery__routes') }}
where route_kind = 'batched'
group by zone, cast(date_trunc('week', route_date) as date)
order by period_start, zone
