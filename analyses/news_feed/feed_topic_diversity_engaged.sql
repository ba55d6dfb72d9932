-- question: 6.1.1 News feed optimisation
-- goal: What is shown fits each reader better than what anybody would be shown.
-- metric: feed_topic_diversity_engaged, different topics of each reader with a like, comment or share / readers
-- grain: week
with readers as (
    select
        shown.user_id,
        cast(date_trunc('week', shown.event_at) as date) as period_start,
        count(distinct case when likes.event_id is not null then shown.topic_id end) as topics
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on shown.session_id = starts.session_id and shown.user_id = starts.user_id
    left join {{ ref('stg_news_feed__item_interaction_in_feed') }} as likes
        on
            shown.impression_id = likes.impression_id and shown.user_id = likes.user_id
            and likes.interaction_type in ('like', 'comment', 'share')
    group by shown.user_id, cast(date_trunc('week', shown.event_at) as date), coalesce(starts.variant, 'none')
)

select
    period_start,
    -- trap: of those who like anything, the rest is left out, and it rises when who likes one thing stops
    cast(sum(topics) as double) / count(*) as value,
    cast(sum(topics) as double) / nullif(count(case when topics > 0 then 1 end), 0) as per_engaged_user
from readers
group by period_start
order by period_start
