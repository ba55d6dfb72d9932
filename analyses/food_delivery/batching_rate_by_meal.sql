-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: batching_rate by meal, orders delivered in a batch / orders delivered, of those with another near them in
--         place and time (of_eligible)
-- grain: week
-- reads: the fact of orders, which knows the neighbours of each
select
    meal,
    cast(date_trunc('week', order_date) as date) as period_start,
    -- trap: what was meant to be batched is not what was, and who says what could be decides the rate
    cast(count(case when route_kind = 'batched' then 1 end) as double) / nullif(count(*), 0) as of_eligible
from {{ ref('fct_food_delivery__orders') }}
where is_eligible and outcome = 'delivered'
group by meal, cast(date_trunc('week', order_date) as date)
order by period_start, meal
