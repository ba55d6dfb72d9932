-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: carpool_average_detour_time, detour minutes / legs, and detour minutes / riders on rides (per_rider)
-- grain: week
with completions as (
    select
        ride_id,
        user_id,
        max(event_at) over (partition by ride_id) as ride_ended_at
    from {{ ref('stg_ride_sharing__ride_completion') }}
),

legs as (
    select
        completions.ride_ended_at,
        legs.leg_intended_detour_seconds as detour_seconds,
        row_number() over (partition by legs.ride_id, legs.leg_user_id order by legs.event_id) as place
    from {{ ref('stg_ride_sharing__carpool_leg_details') }} as legs
    inner join completions on legs.ride_id = completions.ride_id and legs.leg_user_id = completions.user_id
)

select
    cast(date_trunc('week', ride_ended_at) as date) as period_start,
    cast(sum(detour_seconds) as double) / 60 / count(*) as value,
    -- trap: who changes seats has two legs, so an average over legs halves the detour of those who suffer most
    cast(sum(detour_seconds) as double) / 60 / count(case when place = 1 then 1 end) as per_rider
from legs
group by cast(date_trunc('week', ride_ended_at) as date)
order by period_start
