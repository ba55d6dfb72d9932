-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_personalized_positive_rate, likes, comments and shares weighted by affinity / affinity, where each
--         reader has a mean affinity of 1 in the week (value) or not (pooled_weights), the same without weights
--         (unweighted), and the mean score of the ranking in use (predicted)
-- trap: weighted by the score of the ranking in use, a ranking would grade itself; as it is, the affinity gives more
--       weight to readers of whom the model is sure
-- grain: week
with

shown as (

    select
        impressions.*,
        starts.event_at as started_at,
        coalesce(starts.variant, 'none') as variant
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on
            impressions.session_id = starts.session_id
            and impressions.user_id = starts.user_id

),

likes as (

    select
        impression_id,
        user_id,
        count(case when interaction_type in ('like', 'comment', 'share') then 1 end) as positives
    from {{ ref('stg_news_feed__item_interaction_in_feed') }}
    group by
        impression_id,
        user_id

),

readers as (

    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        avg(predicted_affinity) as mean_affinity
    from shown
    where predicted_affinity is not null
    group by
        user_id,
        cast(date_trunc('week', event_at) as date)

),

weighted as (

    select
        readers.period_start,
        shown.predicted_affinity,
        shown.predicted_score,
        shown.predicted_affinity / readers.mean_affinity as weight,
        coalesce(likes.positives, 0) as positives
    from shown
    inner join readers
        on
            shown.user_id = readers.user_id
            and cast(date_trunc('week', shown.event_at) as date) = readers.period_start
    left join likes
        on
            shown.impression_id = likes.impression_id
            and shown.user_id = likes.user_id
    where shown.predicted_affinity is not null

)

select
    period_start,
    sum(weight * positives) / sum(weight) as value,
    sum(predicted_affinity * positives) / sum(predicted_affinity) as pooled_weights,
    cast(sum(positives) as double) / count(*) as unweighted,
    sum(predicted_score) / nullif(count(predicted_score), 0) as predicted
from weighted
group by period_start
order by period_start
