-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_topic_diversity_engaged, different topics of each reader with a like, comment or share / readers
--         (value), / readers with any (per_engaged_user), and / topics seen (of_topics_seen); means over readers of 1 /
--         the sum of squared shares of topics seen (effective_seen), and of their entropy (entropy_seen)
-- trap: who likes nothing is a reader all the same; more likes are more topics
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

topics as (

    select
        shown.user_id,
        shown.variant,
        cast(date_trunc('week', shown.event_at) as date) as period_start,
        shown.topic_id,
        count(*) as item_impressions,
        max(case when likes.positives > 0 then 1 else 0 end) as is_engaged
    from shown
    left join likes
        on
            shown.impression_id = likes.impression_id
            and shown.user_id = likes.user_id
    group by
        shown.user_id,
        shown.variant,
        cast(date_trunc('week', shown.event_at) as date),
        shown.topic_id

),

shares as (

    select
        *,
        cast(item_impressions as double)
        / sum(item_impressions) over (partition by user_id, variant, period_start) as portion
    from topics

),

readers as (

    select
        user_id,
        variant,
        period_start,
        count(*) as topics_seen,
        sum(is_engaged) as topics_engaged,
        1 / sum(portion * portion) as effective_topics,
        -sum(portion * ln(portion)) as topic_entropy
    from shares
    group by
        user_id,
        variant,
        period_start

)

select
    period_start,
    cast(sum(topics_engaged) as double) / count(*) as value,
    cast(sum(topics_engaged) as double) / nullif(count(case when topics_engaged > 0 then 1 end), 0)
        as per_engaged_user,
    cast(sum(topics_engaged) as double) / sum(topics_seen) as of_topics_seen,
    sum(effective_topics) / count(*) as effective_seen,
    sum(topic_entropy) / count(*) as entropy_seen
from readers
group by period_start
order by period_start
