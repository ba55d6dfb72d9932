with

completions as (

    select * from {{ ref('stg_ride_sharing__ride_completion') }}

),

rider_events as (

    select
        user_id,
        event_at,
        country,
        false as is_completion
    from {{ ref('stg_ride_sharing__carpool_ride_request') }}
    union all
    select
        user_id,
        event_at,
        country,
        true as is_completion
    from completions

),

riders as (

    select
        user_id as rider_id,
        min(event_at) as first_seen_at,
        max_by(country, event_at) as country,
        count(*) filter (where is_completion) as completed_rides
    from rider_events
    group by user_id

),

-- The server says which ride was the first; a log that starts late cannot. One first ride each.
first_rides as (

    select
        first_ride.user_id as rider_id,
        first_ride.ride_id as first_ride_id,
        first_ride.ride_type as first_ride_type,
        first_ride.event_at as first_ride_at,
        first_ride.platform as first_ride_platform
    from {{ ref('stg_ride_sharing__user_first_ride') }} as first_ride
    where
        exists (
            select 1 from completions
            where
                completions.ride_id = first_ride.ride_id
                and completions.user_id = first_ride.user_id
        )
    qualify row_number() over (
        partition by first_ride.user_id order by first_ride.event_at, first_ride.event_id
    ) = 1

)

select
    riders.rider_id,
    riders.first_seen_at,
    riders.country,
    first_rides.first_ride_id,
    first_rides.first_ride_type,
    first_rides.first_ride_at,
    cast(first_rides.first_ride_at as date) as first_ride_date,
    first_rides.first_ride_platform,
    -- Who has rides but no first ride had it before the log began; who has no ride at all is new.
    case
        when first_rides.rider_id is not null
            then cast({{ dbt.dateadd('day', var('new_user_days'), 'cast(first_rides.first_ride_at as date)') }} as date)
        when riders.completed_rides = 0 then cast('9999-12-31' as date)
        else cast('0001-01-01' as date)
    end as new_until
from riders
left join first_rides
    on riders.rider_id = first_rides.rider_id
