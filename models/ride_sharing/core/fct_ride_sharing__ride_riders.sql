with

completions as (

    select * from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at', linked_days()) }}

),

-- Riders of a carpool get off one by one. The ride ends with the last of them, whichever side of midnight the
-- others left on. An id that is used again later than that is the id of another ride, too.
drop_offs as (

    select
        ride_id,
        duration_seconds,
        event_at,
        max(event_at) over (
            partition by ride_id order by event_at
            range between current row and interval {{ sql_text(var('follow_up_days') | string) }} day following
        ) as ended_at
    from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at', linked_days()) }}

),

-- A ride began its duration before its end, and is placed in time by its beginning.
rides as (

    select
        ride_id,
        ended_at,
        min(event_at) as first_drop_off_at,
        max(event_at) as last_drop_off_at,
        {{ dbt.dateadd('second', '-max(duration_seconds)', 'ended_at') }} as started_at
    from drop_offs
    group by
        ride_id,
        ended_at

),

cities as (

    select * from {{ ref('dim_ride_sharing__cities') }}

),

city_clock as (

    {{ city_clock('rides', 'started_at', 'cities') | trim | indent(4) }}

)

select
    completions.ride_id,
    completions.user_id as rider_id,
    completions.ride_type,
    completions.request_id,
    completions.driver_id,
    completions.city,
    rides.started_at,
    rides.ended_at,
    completions.received_at,
    cast(rides.ended_at as date) as ride_date,
    completions.platform,
    {{ user_tenure('cast(rides.ended_at as date)', 'riders.new_until') }} as rider_tenure,
    city_clock.time_of_day,
    completions.fare_usd,
    completions.fare_usd_driver_share,
    completions.fare_usd_platform_share,
    completions.distance_km as ride_distance_km,
    completions.duration_seconds as ride_duration_seconds,
    completions.carpool_rider_count as ride_rider_count
from completions
inner join rides
    on
        completions.ride_id = rides.ride_id
        and completions.event_at between rides.first_drop_off_at and rides.last_drop_off_at
inner join city_clock
    on
        completions.city = city_clock.city
        and {{ quarter_hour('rides.started_at') }} = city_clock.quarter_at
inner join {{ ref('dim_ride_sharing__riders') }} as riders
    on completions.user_id = riders.rider_id
{{ only_rebuilt('where', 'cast(rides.ended_at as date)') }}
{{ in_order_of('ride_date') }}
