-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: carpool_average_fill_rate, riders / carpool rides, and rider seconds on board / ride seconds (occupancy)
-- trap: an average over completions is one over riders, and full cars have more of them
-- note: legs arrive later, and a ride without any tells nothing about its seats
-- grain: week
with

rides as (

    select
        ride_id,
        cast(date_trunc('week', max(event_at)) as date) as period_start,
        coalesce(max(carpool_rider_count), count(*)) as riders,
        max(duration_seconds) as ride_seconds
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id

),

seats as (

    select
        ride_id,
        sum(extract(epoch from leg_dropoff_timestamp - leg_pickup_timestamp)) as rider_seconds
    from {{ ref('stg_ride_sharing__carpool_leg_details') }}
    group by ride_id

)

select
    rides.period_start,
    cast(sum(rides.riders) as double) / count(*) as value,
    cast(sum(seats.rider_seconds) as double)
    / sum(case when seats.ride_id is not null then rides.ride_seconds end) as occupancy
from rides
left join seats
    on rides.ride_id = seats.ride_id
group by rides.period_start
order by rides.period_start
