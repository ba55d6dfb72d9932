-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: marketplace_efficiency_gain, kilometres saved by batches / orders in them (realised), and what the
--         algorithm predicts of these (predicted)
-- grain: week
-- reads: the fact of routes, one row for each trip of a courier
select
    cast(date_trunc('week', route_date) as date) as period_start,
    -- trap: orders of a batch share a way; take the route from the restaurant on, not the kilometres of each order
    sum(cast(13 as double) / 10 * solo_km - (route_km - approach_km)) / sum(orders) as realised,
    sum(predicted_gain_km) / sum(case when predicted_gain_km is not null then orders end) as predicted
from {{ ref('fct_food_delivery__routes') }}
where route_kind = 'batched'
group by cast(date_trunc('week', route_date) as date)
order by period_start
