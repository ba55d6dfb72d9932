-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: courier_earnings_per_hour, pay, incentives and tips / hours online (value), / hours on routes (active), and
--         / hours of orders, added up (by_order_time)
-- trap: the last counts the hour of a batch once for each of its orders, and who is online in two zones is one
--         courier
-- grain: week
with

trips as (

    select
        handovers.batch_id,
        min(placed.zone_id) as zone_id,
        min(placed.event_at) as placed_at,
        max(handovers.event_at) as handed_over_at,
        count(*) as orders,
        sum(coalesce(handovers.tips_usd, 0)) as tips_usd,
        sum(extract(epoch from handovers.event_at - pickups.event_at)) as order_seconds
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    inner join {{ ref('stg_food_delivery__driver_pickup_complete') }} as pickups
        on placed.order_id = pickups.order_id
    group by handovers.batch_id

),

routes as (

    select
        trips.*,
        offers.offered_pay_usd,
        cast(date_trunc('week', trips.placed_at) as date) as period_start,
        coalesce(offers.incentive_usd, 0) as incentive_usd,
        extract(epoch from trips.handed_over_at - responses.event_at) as active_seconds
    from trips
    inner join {{ ref('stg_food_delivery__driver_batch_offer_received') }} as offers
        on trips.batch_id = offers.batch_id
    inner join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
        on
            offers.offer_id = responses.offer_id
            and responses.response = 'accepted'

),

sessions as (

    select
        start_ts,
        end_ts,
        max(end_ts) over (
            partition by user_id order by start_ts, session_id rows between unbounded preceding and 1 preceding
        ) as busy_until
    from {{ ref('stg_food_delivery__driver_online_session') }}

),

online_times as (

    select
        cast(date_trunc('week', start_ts) as date) as period_start,
        sum(
            case
                when busy_until >= end_ts then 0
                when busy_until > start_ts then extract(epoch from end_ts - busy_until)
                else extract(epoch from end_ts - start_ts)
            end
        ) as online_seconds
    from sessions
    group by cast(date_trunc('week', start_ts) as date)

),

earned as (

    select
        period_start,
        sum(offered_pay_usd + incentive_usd + tips_usd) as earnings_usd,
        sum(active_seconds) as active_seconds,
        sum(order_seconds) as order_seconds
    from routes
    group by period_start

)

select
    earned.period_start,
    3600 * earned.earnings_usd / online_times.online_seconds as value,
    3600 * earned.earnings_usd / earned.active_seconds as active,
    3600 * earned.earnings_usd / earned.order_seconds as by_order_time
from earned
inner join online_times
    on earned.period_start = online_times.period_start
order by earned.period_start
