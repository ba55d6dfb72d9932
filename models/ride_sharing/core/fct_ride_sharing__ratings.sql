with

-- A revised rating is a new event; the latest stands for what the person thinks.
latest_ratings as (

    select *
    from {{ ref('stg_ride_sharing__ride_rating_submitted') }}
    qualify row_number() over (
        partition by ride_id, user_id, rated_entity_id order by event_at desc, event_id desc
    ) = 1

),

-- The rider of the rating, whichever side gave it.
with_rider as (

    select
        *,
        case when rated_entity_type = 'driver' then user_id else rated_entity_id end as rider_id
    from latest_ratings

)

select
    with_rider.event_id as rating_id,
    with_rider.ride_id,
    with_rider.user_id as rater_id,
    with_rider.rated_entity_id as rated_id,
    with_rider.rated_entity_type as rated_type,
    ride_riders.ride_type,
    with_rider.event_at as rated_at,
    with_rider.received_at,
    cast(with_rider.event_at as date) as rating_date,
    with_rider.rating_score,
    {{ list_as_text('with_rider.feedback_tags_list') }} as feedback_tags,
    ride_riders.city,
    with_rider.platform,
    ride_riders.rider_tenure,
    ride_riders.time_of_day
from with_rider
inner join {{ ref('fct_ride_sharing__ride_riders') }} as ride_riders
    on
        with_rider.ride_id = ride_riders.ride_id
        and with_rider.rider_id = ride_riders.rider_id
