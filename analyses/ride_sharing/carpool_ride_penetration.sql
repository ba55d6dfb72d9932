-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_ride_penetration, carpool rides / rides
-- trap: the log has one completion for each rider, so counting events counts a carpool once for every seat
-- grain: week
with

rides as (

    select
        ride_id,
        cast(date_trunc('week', max(event_at)) as date) as period_start,
        max(ride_type) as ride_type
    from {{ ref('stg_ride_sharing__ride_completion') }}
    group by ride_id

)

select
    period_start,
    cast(count(case when ride_type = 'carpool' then 1 end) as double) / count(*) as value
from rides
group by period_start
order by period_start
