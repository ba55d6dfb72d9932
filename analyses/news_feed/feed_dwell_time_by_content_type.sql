-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_dwell_time by content_type, seconds / items in view (all_in_view), and / items above the threshold
--         (value)
-- grain: week
-- reads: the fact of impressions
select
    content_type,
    cast(date_trunc('week', impression_date) as date) as period_start,
    -- trap: above the threshold there is nothing short, so the mean never falls below it
    sum(on_screen_ms) / cast(1000 as double) / nullif(count(on_screen_ms), 0) as all_in_view,
    sum(dwell_ms) / cast(1000 as double) / nullif(count(dwell_ms), 0) as value
from {{ ref('fct_news_feed__impressions') }}
group by content_type, cast(date_trunc('week', impression_date) as date)
order by period_start, content_type
