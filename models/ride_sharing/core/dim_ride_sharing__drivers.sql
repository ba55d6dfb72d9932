with

rides_by_city as (

    select
        driver_id,
        city,
        count(distinct ride_id) as rides,
        min(event_at) as first_seen_at
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by
        driver_id,
        city

),

matches as (

    select
        driver_id,
        min(event_at) as first_seen_at
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }}
    group by driver_id

),

drivers as (

    select
        driver_id,
        first_seen_at,
        city,
        rides
    from rides_by_city
    union all
    select
        driver_id,
        first_seen_at,
        'unknown' as city,
        0 as rides
    from matches

)

select
    driver_id,
    min(first_seen_at) as first_seen_at,
    max_by(city, rides) as main_city
from drivers
group by driver_id
