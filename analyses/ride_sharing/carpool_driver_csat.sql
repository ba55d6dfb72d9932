-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_driver_csat, stars / ratings of carpool riders by their drivers
-- trap: both sides rate, and a driver gives one carpool several ratings, one for each rider: that is no revision
-- note: a rating counts if its rider was on that carpool
-- grain: week
with

ratings as (

    select
        cast(date_trunc('week', ratings.event_at) as date) as period_start,
        ratings.rating_score,
        row_number() over (
            partition by ratings.ride_id, ratings.user_id, ratings.rated_entity_id
            order by ratings.event_at desc, ratings.event_id desc
        ) as recency
    from {{ ref('stg_ride_sharing__ride_rating_submitted') }} as ratings
    inner join {{ ref('stg_ride_sharing__ride_completion') }} as completions
        on
            ratings.ride_id = completions.ride_id
            and ratings.rated_entity_id = completions.user_id
    where
        ratings.rated_entity_type = 'rider'
        and completions.ride_type = 'carpool'

)

select
    period_start,
    cast(sum(rating_score) as double) / count(*) as value
from ratings
where recency = 1
group by period_start
order by period_start
