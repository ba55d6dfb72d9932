-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_driver_csat, stars / ratings of carpool riders by their drivers
-- grain: week
with ratings as (
    select
        ratings.event_at,
        ratings.rating_score,
        -- trap: a driver rates each rider of a carpool, which is no revision of the rating before
        row_number() over (
            partition by ratings.ride_id, ratings.user_id, ratings.rated_entity_id
            order by ratings.event_at desc, ratings.event_id desc
        ) as recency
    from {{ ref('stg_ride_sharing__ride_rating_submitted') }} as ratings
    inner join {{ ref('stg_ride_sharing__ride_completion') }} as completions
        on ratings.ride_id = completions.ride_id and ratings.rated_entity_id = completions.user_id
    -- Both sides rate.
    where ratings.rated_entity_type = 'rider' and completions.ride_type = 'carpool'
)

select
    cast(date_trunc('week', event_at) as date) as period_start,
    cast(sum(rating_score) as double) / count(*) as value
from ratings
where recency = 1
group by cast(date_trunc('week', event_at) as date)
order by period_start
