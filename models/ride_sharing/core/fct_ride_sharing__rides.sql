with

ride_riders as (

    select * from {{ recent(ref('fct_ride_sharing__ride_riders'), 'ride_date', linked_days()) }}

),

-- What a ride has once stands on each of its riders' rows; only money differs between them and adds up.
rides as (

    select
        ride_id,
        max(ride_type) as ride_type,
        max(driver_id) as driver_id,
        max(city) as city,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        max(received_at) as received_at,
        max(ride_date) as ride_date,
        max(time_of_day) as time_of_day,
        max(ride_duration_seconds) as duration_seconds,
        max(ride_distance_km) as distance_km,
        coalesce(max(ride_rider_count), 1) as rider_count,
        sum(fare_usd) as fare_usd,
        sum(fare_usd_driver_share) as fare_usd_driver_share,
        sum(fare_usd_platform_share) as fare_usd_platform_share
    from ride_riders
    group by ride_id

),

-- Riders of one car can differ in device and tenure; the ride takes those of its first rider by id,
-- an arbitrary but stable choice, so that each ride lies in exactly one member of every slice.
lead_riders as (

    select
        ride_id,
        platform,
        rider_tenure
    from ride_riders
    qualify row_number() over (partition by ride_id order by rider_id) = 1

),

-- A leg of somebody who is not on the ride is an orphan, here as in the fact of legs.
seat_time as (

    select
        legs.ride_id,
        sum({{ seconds_between('legs.leg_pickup_timestamp', 'legs.leg_dropoff_timestamp') }}) as rider_seconds
    from {{ recent(ref('stg_ride_sharing__carpool_leg_details'), 'event_at', 2 * linked_days()) }} as legs
    inner join ride_riders
        on
            legs.ride_id = ride_riders.ride_id
            and legs.leg_user_id = ride_riders.rider_id
            and {{ happened_near('legs.event_at', 'ride_riders.ride_date') | indent(12) }}
    group by legs.ride_id

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
    lead_riders.platform,
    lead_riders.rider_tenure,
    rides.time_of_day,
    rides.rider_count,
    rides.duration_seconds,
    rides.distance_km,
    seat_time.rider_seconds,
    rides.fare_usd,
    rides.fare_usd_driver_share,
    rides.fare_usd_platform_share
from rides
inner join lead_riders
    on rides.ride_id = lead_riders.ride_id
left join seat_time
    on rides.ride_id = seat_time.ride_id
{{ only_rebuilt('where', 'rides.ride_date') }}
{{ in_order_of('rides.ride_date') }}
