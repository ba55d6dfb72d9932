-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: platform_revenue_per_carpool_ride by city, platform's share of carpool fares / carpool rides
-- grain: week
with rides as (
    -- trap: an average over completions is revenue for each rider, not for each ride
    select
        ride_id,
        city,
        max(event_at) as ended_at,
        sum(fare_usd_platform_share) as platform_share
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id, city
)

select
    city,
    cast(date_trunc('week', ended_at) as date) as period_start,
    avg(platform_share) as value
from rides
group by city, cast(date_trunc('week', ended_at) as date)
order by period_start, city
