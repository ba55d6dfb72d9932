-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_delivery_time_increase by zone, minutes of batched deliveries less those of alike ones alone
--         (adjusted)
-- grain: week
-- reads: the fact of deliveries, which knows distance and company of each
select
    zone,
    cast(date_trunc('week', order_date) as date) as period_start,
    -- trap: batched orders are those of dinner and of the centre; hold each against those alone that are alike
    sum(delivery_minutes - counterpart_minutes) / count(*) as adjusted
from (
    select
        *,
        avg(case when route_kind = 'single' then delivery_minutes end) over (
            partition by
                date_trunc('week', order_date), zone, meal, distance_band, preparation_band, algorithm_version
        ) as counterpart_minutes
    from {{ ref('fct_food_delivery__deliveries') }}
) as deliveries
where route_kind = 'batched' and counterpart_minutes is not null
group by zone, cast(date_trunc('week', order_date) as date)
order by period_start, zone
