-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_type_mix, impressions of the largest type / impressions
-- grain: week
with types as (
    select
        cast(date_trunc('week', impressions.event_at) as date) as period_start,
        impressions.content_type,
        count(*) as impressions
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on impressions.session_id = starts.session_id and impressions.user_id = starts.user_id
    group by cast(date_trunc('week', impressions.event_at) as date), impressions.content_type
)

select
    period_start,
    -- trap: a balanced pool may be of readers who see one type each, so the mean of their largest shares stands beside
    cast(max(impressions) as double) / sum(impressions) as value
from types
group by period_start
order by period_start
