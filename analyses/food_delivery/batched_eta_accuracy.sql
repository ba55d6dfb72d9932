-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_eta_accuracy, mean minutes from the first promise to the delivery of a batched order, the same
--         early or late (absolute), and batched orders more than 5 minutes late / batched orders (late_5_minutes)
-- grain: week
select
    cast(date_trunc('week', placed_at) as date) as period_start,
    -- trap: early and late cancel out in the mean, and what was promised on the way is always kept
    avg(minutes_late) as value,
    avg(case when minutes_late < 0 then -minutes_late else minutes_late end) as absolute,
    cast(count(case when minutes_late > 5 then 1 end) as double) / count(*) as late_5_minutes
from (
    select
        placed.event_at as placed_at,
        count(*) over (partition by trips.batch_id) as orders_on_route,
        extract(epoch from arrived.actual_delivery_time_ts - placed.estimated_delivery_time_ts)
        / cast(60 as double) as minutes_late
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as trips on placed.order_id = trips.order_id
    inner join {{ ref('stg_food_delivery__order_delivered') }} as arrived on placed.order_id = arrived.order_id
) as deliveries
where orders_on_route > 1
group by cast(date_trunc('week', placed_at) as date)
order by period_start
