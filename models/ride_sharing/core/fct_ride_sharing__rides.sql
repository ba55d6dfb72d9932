with

ride_riders as (

    select * from {{ recent(ref('fct_ride_sharing__ride_riders'), 'ride_date') }}

),

-- What a ride has once stands on each of its riders' rows, and money adds up. Riders of one car can differ in
-- device and tenure; the ride takes those of its first rider by id, an arbitrary but stable choice, so that each
-- ride lies in exactly one member of every slice.
rides as (

    select
        ride_id,
        ride_date,
        max(ride_type) as ride_type,
        max(driver_id) as driver_id,
        max(city) as city,
        max(started_at) as started_at,
        max(ended_at) as ended_at,
        max(received_at) as received_at,
        min_by(platform, rider_id) as platform,
        min_by(rider_tenure, rider_id) as rider_tenure,
        max(time_of_day) as time_of_day,
        max(ride_duration_seconds) as duration_seconds,
        max(ride_distance_km) as distance_km,
        coalesce(max(ride_rider_count), count(*)) as rider_count,
        sum(fare_usd) as fare_usd,
        sum(fare_usd_driver_share) as fare_usd_driver_share,
        sum(fare_usd_platform_share) as fare_usd_platform_share
    from ride_riders
    group by
        ride_id,
        ride_date

),

seat_time as (

    select
        ride_id,
        ride_date,
        sum(seat_seconds) as rider_seconds
    from {{ recent(ref('fct_ride_sharing__legs'), 'ride_date') }}
    group by
        ride_id,
        ride_date

)

select
    rides.ride_id,
    rides.ride_type,
    rides.driver_id,
    rides.city,
    rides.started_at,
    rides.ended_at,
    rides.received_at,
    rides.ride_date,
    rides.platform,
    rides.rider_tenure,
    rides.time_of_day,
    rides.rider_count,
    rides.duration_seconds,
    rides.distance_km,
    seat_time.rider_seconds,
    rides.fare_usd,
    rides.fare_usd_driver_share,
    rides.fare_usd_platform_share
from rides
left join seat_time
    on
        rides.ride_id = seat_time.ride_id
        and rides.ride_date = seat_time.ride_date
{{ in_order_of('rides.ride_date') }}
