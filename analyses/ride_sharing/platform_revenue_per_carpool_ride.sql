-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: platform_revenue_per_carpool_ride, platform's share of carpool fares / carpool rides
-- trap: an average over completions is revenue for each rider, not for each ride
-- grain: week
with

rides as (

    select
        ride_id,
        cast(date_trunc('week', max(event_at)) as date) as period_start,
        sum(fare_usd_platform_share) as platform_share
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id

)

select
    period_start,
    avg(platform_share) as value
from rides
group by period_start
order by period_start
