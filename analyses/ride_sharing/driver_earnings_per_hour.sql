-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: driver_earnings_per_hour, drivers' share of fares / hours of rides, for all rides and each ride type
-- trap: fares add up over the riders of a ride, its duration stands on each of their rows and must count once
-- grain: week
with

rides as (

    select
        ride_id,
        cast(date_trunc('week', max(event_at)) as date) as period_start,
        max(ride_type) as ride_type,
        sum(fare_usd_driver_share) as driver_share,
        cast(max(duration_seconds) as double) / 3600 as ride_hours
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by ride_id

)

select
    rides.period_start,
    coalesce(rides.ride_type, 'all') as ride_type,
    sum(rides.driver_share) / sum(rides.ride_hours) as value
from rides
group by
    grouping sets (
        (rides.period_start),
        (rides.period_start, rides.ride_type)
    )
order by rides.period_start
