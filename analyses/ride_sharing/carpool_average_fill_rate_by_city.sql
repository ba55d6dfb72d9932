-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: carpool_average_fill_rate by city, riders / carpool rides
-- grain: week
with rides as (
    -- trap: an average over completions is one over riders, and full cars have more of them
    select
        ride_id,
        city,
        max(event_at) as ended_at,
        coalesce(max(carpool_rider_count), count(*)) as riders
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id, city
)

select
    city,
    cast(date_trunc('week', ended_at) as date) as period_start,
    cast(sum(riders) as double) / count(*) as value
from rides
group by city, cast(date_trunc('week', ended_at) as date)
order by period_start, city
