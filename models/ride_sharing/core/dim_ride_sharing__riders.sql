{%- set first_day = rebuilt_from() -%}
with

completions as (

    select * from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at') }}

),

rider_events as (

    select
        user_id as rider_id,
        event_at as seen_at,
        country,
        false as is_completion
    from {{ recent(ref('stg_ride_sharing__carpool_ride_request'), 'event_at') }}
    union all
    select
        user_id as rider_id,
        event_at as seen_at,
        country,
        true as is_completion
    from completions
    {%- if first_day %}
    -- Who has not completed a ride yet may be known from before by a request.
    union all
    select
        rider_id,
        first_seen_at as seen_at,
        country,
        false as is_completion
    from {{ this }}
    where first_seen_at < cast('{{ first_day }}' as date)
    {%- endif %}

),

riders as (

    select
        rider_id,
        min(seen_at) as first_seen_at,
        min_by(country, seen_at) as country,
        min(seen_at) filter (where is_completion) as first_completed_at
    from rider_events
    {{ only_unsettled('rider_events', 'rider_id', 'first_completed_at') | indent(4) }}
    group by rider_id

),

-- The server says which ride was the first; a log that starts late cannot. One first ride each, and none that
-- is said to be the first after another one was over.
first_rides as (

    select
        first_ride.user_id as rider_id,
        first_ride.ride_id as first_ride_id,
        first_ride.ride_type as first_ride_type,
        first_ride.event_at as first_ride_at,
        cast(first_ride.event_at as date) as first_ride_date,
        first_ride.platform as first_ride_platform
    from {{ recent(ref('stg_ride_sharing__user_first_ride'), 'event_at') }} as first_ride
    inner join riders
        on
            first_ride.user_id = riders.rider_id
            and {{ happened_near('first_ride.event_at', 'riders.first_completed_at') | indent(12) }}
    where
        exists (
            select 1 from completions
            where
                completions.ride_id = first_ride.ride_id
                and completions.user_id = first_ride.user_id
                and {{ happened_near('first_ride.event_at', 'completions.event_at') | indent(16) }}
        )
    qualify row_number() over (
        partition by first_ride.user_id order by first_ride.event_at, first_ride.event_id
    ) = 1

)

select
    riders.rider_id,
    riders.first_seen_at,
    riders.first_completed_at,
    riders.country,
    first_rides.first_ride_id,
    first_rides.first_ride_type,
    first_rides.first_ride_at,
    first_rides.first_ride_date,
    first_rides.first_ride_platform,
    -- Nobody is old before the first ride. Whose first ride in the log was no first ride is, from then on:
    -- said of each day as that day knew it, so that a later ride never changes an earlier day.
    coalesce(
        cast({{ dbt.dateadd('day', var('new_user_days'), 'first_rides.first_ride_date') }} as date),
        cast(riders.first_completed_at as date),
        cast('9999-12-31' as date)
    ) as new_until
from riders
left join first_rides
    on riders.rider_id = first_rides.rider_id
