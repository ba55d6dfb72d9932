-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_ride_penetration by city, carpool rides / rides
-- grain: week
with rides as (
    -- trap: the log has one completion for each rider, so counting events counts a carpool once for every seat
    select
        ride_id,
        ride_type,
        city,
        max(event_at) as ended_at
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by ride_id, ride_type, city
)

select
    city,
    cast(date_trunc('week', ended_at) as date) as period_start,
    cast(count(case when ride_type = 'carpool' then 1 end) as double) / count(*) as value
from rides
group by city, cast(date_trunc('week', ended_at) as date)
order by period_start, city
