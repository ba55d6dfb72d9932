-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_freshness, mean hours from the post to the impression (value), and impressions of items of less
--         than 24 hours (within_24_hours) and of less than a week (within_a_week) / impressions
-- grain: day
with shown as (
    select
        impressions.event_at,
        impressions.item_created_at
    from {{ ref('stg_news_feed__item_impression_in_feed') }} as impressions
    inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
        on impressions.session_id = starts.session_id and impressions.user_id = starts.user_id
)

select
    cast(event_at as date) as period_start,
    -- trap: one post of last year that comes up again weighs as much as hundreds of yesterday
    avg(extract(epoch from event_at - item_created_at)) / 3600 as value,
    cast(count(case when event_at < item_created_at + interval '24' hour then 1 end) as double)
    / count(*) as within_24_hours,
    cast(count(case when event_at < item_created_at + interval '7' day then 1 end) as double)
    / count(*) as within_a_week
from shown
group by cast(event_at as date)
order by period_start
