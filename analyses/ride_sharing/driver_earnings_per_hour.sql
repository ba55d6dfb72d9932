-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: driver_earnings_per_hour, drivers' share of fares / hours of rides
-- grain: week
with rides as (
    -- trap: fares add up over the riders of a ride, its duration stands on each of their rows and must count once
    select
        ride_id,
        max(event_at) as ended_at,
        sum(fare_usd_driver_share) as driver_share,
        cast(max(duration_seconds) as double) / 3600 as ride_hours
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by ride_id
)

select
    cast(date_trunc('week', ended_at) as date) as period_start,
    sum(driver_share) / sum(ride_hours) as value
from rides
group by cast(date_trunc('week', ended_at) as date)
order by period_start
