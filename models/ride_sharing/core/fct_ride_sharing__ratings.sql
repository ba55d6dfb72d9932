with

-- The rider of the rating, whichever side gave it.
ratings as (

    select
        *,
        case when rated_entity_type = 'driver' then user_id else rated_entity_id end as rider_id
    from {{ recent(ref('stg_ride_sharing__ride_rating_submitted'), 'event_at') }}

),

ride_riders as (

    select * from {{ recent(ref('fct_ride_sharing__ride_riders'), 'ride_date', linked_days()) }}

)

-- A revised rating is a new event; the latest stands for what the person thinks.
select
    ratings.event_id as rating_id,
    ratings.ride_id,
    ratings.user_id as rater_id,
    ratings.rated_entity_id as rated_id,
    ratings.rated_entity_type as rated_type,
    ride_riders.ride_type,
    ratings.event_at as rated_at,
    ratings.received_at,
    cast(ratings.event_at as date) as rating_date,
    ratings.rating_score,
    {{ list_as_text('ratings.feedback_tags_list') }} as feedback_tags,
    ride_riders.city,
    ride_riders.platform,
    ride_riders.rider_tenure,
    ride_riders.time_of_day
from ratings
inner join ride_riders
    on
        ratings.ride_id = ride_riders.ride_id
        and ratings.rider_id = ride_riders.rider_id
        and {{ happened_near('ratings.event_at', 'ride_riders.ride_date') | indent(12) }}
qualify
    row_number() over (
        partition by ratings.ride_id, ride_riders.ride_date, ratings.user_id, ratings.rated_entity_id
        order by ratings.event_at desc, ratings.event_id desc
    ) = 1
{{ in_order_of('rating_date') }}
