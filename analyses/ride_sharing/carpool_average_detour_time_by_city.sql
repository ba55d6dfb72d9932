-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: carpool_average_detour_time by city, detour minutes / riders on carpool rides (per_rider)
-- grain: week
-- reads: the fact of legs, which knows the ride of each
with riders_on_rides as (
    -- trap: who changes seats has two legs, so an average over legs halves the detour of those who suffer most
    select
        city,
        cast(date_trunc('week', ride_date) as date) as period_start,
        cast(sum(detour_seconds) as double) / 60 as detour_minutes
    from {{ ref('fct_ride_sharing__legs') }}
    group by ride_id, rider_id, city, ride_date
)

select
    city,
    period_start,
    sum(detour_minutes) / count(*) as per_rider
from riders_on_rides
group by city, period_start
order by period_start, city
