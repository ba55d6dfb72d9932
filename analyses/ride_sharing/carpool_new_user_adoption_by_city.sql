-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_new_user_adoption by city, riders whose first ride is a carpool / riders with a first ride
-- grain: week
with first_rides as (
    select
        completions.city,
        events.ride_type,
        cast(date_trunc('week', events.event_at) as date) as period_start,
        row_number() over (partition by events.user_id order by events.event_at, events.event_id) as attempt
    -- trap: a rider's first ride in the log is not the first ever, so the server's event decides
    from {{ ref('stg_ride_sharing__user_first_ride') }} as events
    inner join {{ ref('stg_ride_sharing__ride_completion') }} as completions
        on
            events.ride_id = completions.ride_id
            and events.user_id = completions.user_id
)

select
    period_start,
    city,
    cast(count(case when ride_type = 'carpool' then 1 end) as double) / count(*) as value
from first_rides
where attempt = 1
group by period_start, city
order by period_start, city
