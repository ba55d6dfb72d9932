-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: order_throughput, deliveries / hours of zones, / hours that couriers are online (per_courier_hour), and
--         orders never delivered / orders (undelivered)
-- trap: more orders, or more couriers, are not more capacity, and a courier who is online in two zones is one
-- grain: week
with

numbers as (

    select 0 as place
    union all
    select 1 as place
    union all
    select 2 as place
    union all
    select 3 as place
    union all
    select 4 as place
    union all
    select 5 as place
    union all
    select 6 as place
    union all
    select 7 as place
    union all
    select 8 as place
    union all
    select 9 as place
    union all
    select 10 as place
    union all
    select 11 as place

),

sessions as (

    select
        zone_id,
        end_ts as ended_at,
        case when busy_until > start_ts then busy_until else start_ts end as counted_from
    from (
        select
            *,
            max(end_ts) over (
                partition by user_id order by start_ts, session_id rows between unbounded preceding and 1 preceding
            ) as busy_until
        from {{ ref('stg_food_delivery__driver_online_session') }}
    ) as all_sessions
    where
        busy_until is null
        or busy_until < end_ts

),

zone_days as (

    select
        zone_id,
        cast(event_at as date) as zone_day
    from {{ ref('stg_food_delivery__order_placed') }}
    union distinct
    select
        zone_id,
        cast(counted_from as date) as zone_day
    from sessions
    union distinct
    select
        zone_id,
        cast(ended_at as date) as zone_day
    from sessions

),

windows as (

    select
        zone_days.zone_id,
        zone_days.zone_day,
        7200 * numbers.place as begins,
        7200 * numbers.place + 7200 as ends
    from zone_days
    cross join numbers

),

known as (

    select max(received_at) as known_until
    from {{ ref('stg_food_delivery__order_placed') }}

),

orders as (

    select
        placed.zone_id,
        cast(placed.event_at as date) as zone_day,
        extract(epoch from placed.event_at - cast(cast(placed.event_at as date) as timestamp)) as placed_second,
        handovers.order_id is not null as is_delivered,
        extract(epoch from known.known_until - placed.event_at) >= 86400 as is_over
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    cross join known
    left join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id

),

window_orders as (

    select
        windows.zone_id,
        windows.zone_day,
        windows.begins,
        count(orders.zone_id) as orders,
        count(case when orders.is_delivered then 1 end) as deliveries,
        count(case when not orders.is_delivered and orders.is_over then 1 end) as undelivered
    from windows
    left join orders
        on
            windows.zone_id = orders.zone_id
            and windows.zone_day = orders.zone_day
            and windows.begins <= orders.placed_second
            and windows.ends > orders.placed_second
    group by
        windows.zone_id,
        windows.zone_day,
        windows.begins

),

session_parts as (

    select
        windows.zone_id,
        windows.zone_day,
        windows.begins,
        windows.ends,
        extract(epoch from sessions.counted_from - cast(windows.zone_day as timestamp)) as since,
        extract(epoch from sessions.ended_at - cast(windows.zone_day as timestamp)) as done
    from windows
    inner join sessions
        on
            windows.zone_id = sessions.zone_id
            and windows.zone_day between cast(sessions.counted_from as date) and cast(sessions.ended_at as date)

),

window_couriers as (

    select
        zone_id,
        zone_day,
        begins,
        sum(
            case when done < ends then done else ends end - case when since > begins then since else begins end
        ) as online_seconds
    from session_parts
    where
        since < ends
        and done > begins
    group by
        zone_id,
        zone_day,
        begins

)

select
    cast(date_trunc('week', window_orders.zone_day) as date) as period_start,
    cast(sum(window_orders.deliveries) as double)
    / sum(case when window_orders.orders > 0 or window_couriers.online_seconds > 0 then 2 end) as value,
    3600 * cast(sum(window_orders.deliveries) as double) / sum(window_couriers.online_seconds) as per_courier_hour,
    cast(sum(window_orders.undelivered) as double)
    / sum(window_orders.deliveries + window_orders.undelivered) as undelivered
from window_orders
left join window_couriers
    on
        window_orders.zone_id = window_couriers.zone_id
        and window_orders.zone_day = window_couriers.zone_day
        and window_orders.begins = window_couriers.begins
group by cast(date_trunc('week', window_orders.zone_day) as date)
order by period_start
