-- question: 1.1.2 Carpool feature performance
-- goal: Carpool uses seats and time well, and pays drivers and the platform.
-- metric: carpool_average_detour_time, detour minutes / legs, and detour minutes / riders on rides (per_rider)
-- trap: a rider who changes seats has two legs, so an average over legs halves the detour of those who suffer most
-- grain: week
with

completions as (

    select
        ride_id,
        user_id,
        max(event_at) over (partition by ride_id) as ride_ended_at
    from {{ ref('stg_ride_sharing__ride_completion') }}

),

riders_on_rides as (

    select
        legs.ride_id,
        legs.leg_user_id,
        cast(date_trunc('week', max(completions.ride_ended_at)) as date) as period_start,
        count(*) as legs,
        cast(sum(legs.leg_intended_detour_seconds) as double) / 60 as detour_minutes
    from {{ ref('stg_ride_sharing__carpool_leg_details') }} as legs
    inner join completions
        on
            legs.ride_id = completions.ride_id
            and legs.leg_user_id = completions.user_id
    group by
        legs.ride_id,
        legs.leg_user_id

)

select
    period_start,
    sum(detour_minutes) / sum(legs) as value,
    sum(detour_minutes) / count(*) as per_rider
from riders_on_rides
group by period_start
order by period_start
