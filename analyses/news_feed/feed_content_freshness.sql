-- question: 6.1.1 News feed optimisation
-- goal: Readers see many sources, types and topics, and no bubble closes around them.
-- metric: feed_content_freshness, mean hours from the post to the impression (value), and impressions of items of less
--         than 24 hours (within_24_hours) and of less than a week (within_a_week) / impressions
-- grain: day
select
    cast(shown.event_at as date) as period_start,
    -- trap: one post of last year that comes up again weighs as much as hundreds of yesterday
    avg(extract(epoch from shown.event_at - shown.item_created_at)) / 3600 as value,
    cast(count(case when shown.event_at < shown.item_created_at + interval '24' hour then 1 end) as double)
    / count(*) as within_24_hours,
    cast(count(case when shown.event_at < shown.item_created_at + interval '7' day then 1 end) as double)
    / count(*) as within_a_week
from {{ ref('stg_news_feed__item_impression_in_feed') }} as shown
inner join {{ ref('stg_news_feed__feed_session_start') }} as starts
    on shown.session_id = starts.session_id and shown.user_id = starts.user_id
group by cast(shown.event_at as date)
order by period_start
