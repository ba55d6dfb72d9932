with

-- An app that forgot to say that it went offline was not online for days.
sessions as (

    select
        session_id,
        user_id as courier_id,
        zone_id as zone,
        start_ts as started_at,
        least(end_ts, {{ dbt.dateadd('day', 1, 'start_ts') | trim }}) as ended_at,
        cast(start_ts as date) as session_date,
        total_online_time_ms / 36e5 as logged_hours,
        total_active_delivery_time_ms / 36e5 as logged_active_hours
    from {{ recent(ref('stg_food_delivery__driver_online_session')) }}

),

-- Who is online in two zones is one courier: time counts in the zone that was there first.
counted_sessions as (

    select
        *,
        least(ended_at, greatest(started_at, coalesce(
            max(ended_at) over (
                partition by courier_id order by started_at, session_id
                rows between unbounded preceding and 1 preceding
            ), started_at
        ))) as counted_from
    from sessions

)

select
    session_id,
    courier_id,
    zone,
    started_at,
    ended_at,
    session_date,
    counted_from,
    {{ seconds_between('counted_from', 'ended_at') }} / 3600 as online_hours,
    logged_hours,
    logged_active_hours
from counted_sessions
{{ in_order_of('session_date') }}
