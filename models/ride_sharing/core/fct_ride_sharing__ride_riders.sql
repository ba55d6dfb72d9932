with

-- The ride began its duration before it ended, and is placed in time by its beginning.
completions as (

    select
        *,
        {{ dbt.dateadd('second', '-duration_seconds', 'event_at') }} as started_at
    from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at') }}

),

cities as (

    select * from {{ ref('dim_ride_sharing__cities') }}

),

city_clock as (

    {{ city_clock(
        recent(ref('stg_ride_sharing__ride_completion'), 'event_at'),
        dbt.dateadd('second', '-duration_seconds', 'event_at'),
        'cities',
    ) | trim | indent(4) }}

)

select
    completions.ride_id,
    completions.user_id as rider_id,
    completions.ride_type,
    completions.request_id,
    completions.driver_id,
    completions.city,
    completions.started_at,
    completions.event_at as ended_at,
    completions.received_at,
    cast(completions.event_at as date) as ride_date,
    completions.platform,
    {{ user_tenure('cast(completions.event_at as date)', 'riders.new_until') }} as rider_tenure,
    city_clock.time_of_day,
    completions.fare_usd,
    completions.fare_usd_driver_share,
    completions.fare_usd_platform_share,
    completions.distance_km as ride_distance_km,
    completions.duration_seconds as ride_duration_seconds,
    completions.carpool_rider_count as ride_rider_count
from completions
inner join city_clock
    on
        completions.city = city_clock.city
        and {{ quarter_hour('completions.started_at') }} = city_clock.quarter_at
inner join {{ ref('dim_ride_sharing__riders') }} as riders
    on completions.user_id = riders.rider_id
{{ in_order_of('ride_date') }}
