-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_eta_accuracy, mean minutes from the first promise to the delivery of a batched order, the same
--         early or late (absolute), and batched orders more than 5 minutes late / batched orders (late_5_minutes),
--         mean minutes by the last promise (by_last_promise), and minutes late that 90 % do not exceed (p90)
-- trap: early and late cancel out in the mean, and what was promised on the way is always kept
-- grain: week
with

deliveries as (

    select
        cast(date_trunc('week', placed.event_at) as date) as period_start,
        placed.order_id,
        count(*) over (partition by handovers.batch_id) as orders_on_route,
        extract(epoch from arrived.actual_delivery_time_ts - placed.estimated_delivery_time_ts)
        / cast(60 as double) as minutes_late,
        extract(epoch from arrived.actual_delivery_time_ts - arrived.last_promised_time_ts)
        / cast(60 as double) as minutes_after_last
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__order_delivered') }} as arrived
        on placed.order_id = arrived.order_id

),

ranked as (

    select
        *,
        count(*) over (partition by period_start) as deliveries,
        row_number() over (partition by period_start order by minutes_late, order_id) as place
    from deliveries
    where orders_on_route > 1

)

select
    period_start,
    avg(minutes_late) as value,
    avg(case when minutes_late < 0 then -minutes_late else minutes_late end) as absolute,
    cast(count(case when minutes_late > 5 then 1 end) as double) / count(*) as late_5_minutes,
    avg(case when minutes_after_last < 0 then -minutes_after_last else minutes_after_last end) as by_last_promise,
    min(case when 10 * place >= 9 * deliveries then minutes_late end) as p90
from ranked
group by period_start
order by period_start
