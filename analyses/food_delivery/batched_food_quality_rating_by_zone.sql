-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_food_quality_rating by zone, stars for the food of batched orders / those that are rated, one or
--         two stars / those (low_ratings), rated / delivered (response_rate), and value of orders delivered alone
--         (of_single)
-- grain: week
select
    zone,
    cast(date_trunc('week', placed_at) as date) as period_start,
    -- trap: who rates is not who eats, so read the response rate beside the mean
    avg(case when orders_on_route > 1 then food_quality_rating end) as value,
    cast(count(case when orders_on_route > 1 and food_quality_rating <= 2 then 1 end) as double)
    / nullif(count(case when orders_on_route > 1 then food_quality_rating end), 0) as low_ratings,
    cast(count(case when orders_on_route > 1 then food_quality_rating end) as double)
    / nullif(count(case when orders_on_route > 1 then 1 end), 0) as response_rate,
    avg(case when orders_on_route = 1 then food_quality_rating end) as of_single
from (
    select
        placed.zone_id as zone,
        placed.event_at as placed_at,
        ratings.food_quality_rating,
        count(*) over (partition by trips.batch_id) as orders_on_route
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as trips on placed.order_id = trips.order_id
    left join {{ ref('stg_food_delivery__customer_rating_order') }} as ratings on placed.order_id = ratings.order_id
) as deliveries
group by zone, cast(date_trunc('week', placed_at) as date)
order by period_start, zone
