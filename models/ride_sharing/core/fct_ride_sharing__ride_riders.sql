with

completions as (

    select * from {{ ref('stg_ride_sharing__ride_completion') }}

),

-- The ride began its duration before it ended, and is placed in time by its beginning.
placed as (

    select
        completions.*,
        {{ dbt.dateadd('second', '-completions.duration_seconds', 'completions.event_at') }} as started_at,
        cities.time_zone
    from completions
    inner join {{ ref('dim_ride_sharing__cities') }} as cities
        on completions.city = cities.city

)

select
    placed.ride_id,
    placed.user_id as rider_id,
    placed.ride_type,
    placed.request_id,
    placed.driver_id,
    placed.city,
    placed.started_at,
    placed.event_at as ended_at,
    placed.received_at,
    cast(placed.event_at as date) as ride_date,
    placed.platform,
    {{ user_tenure('cast(placed.event_at as date)', 'riders.new_until') }} as rider_tenure,
    {{ time_of_day('placed.started_at', 'placed.time_zone') }} as time_of_day,
    placed.fare_usd,
    placed.fare_usd_driver_share,
    placed.fare_usd_platform_share,
    placed.distance_km as ride_distance_km,
    placed.duration_seconds as ride_duration_seconds,
    placed.carpool_rider_count as ride_rider_count
from placed
inner join {{ ref('dim_ride_sharing__riders') }} as riders
    on placed.user_id = riders.rider_id
