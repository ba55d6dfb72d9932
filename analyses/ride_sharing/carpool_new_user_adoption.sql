-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_new_user_adoption, riders whose first ride is a carpool / riders with a first ride
-- trap: a rider's first ride in the log is not the first ever, so the server's user_first_ride event decides
-- note: the join leaves out a first ride that was never completed
-- grain: week
with

first_rides as (

    select
        first_rides.user_id,
        first_rides.ride_type,
        cast(date_trunc('week', first_rides.event_at) as date) as period_start,
        row_number() over (
            partition by first_rides.user_id order by first_rides.event_at, first_rides.event_id
        ) as attempt
    from {{ ref('stg_ride_sharing__user_first_ride') }} as first_rides
    inner join {{ ref('stg_ride_sharing__ride_completion') }} as completions
        on
            first_rides.ride_id = completions.ride_id
            and first_rides.user_id = completions.user_id

)

select
    period_start,
    cast(count(case when ride_type = 'carpool' then 1 end) as double) / count(*) as value
from first_rides
where attempt = 1
group by period_start
order by period_start
