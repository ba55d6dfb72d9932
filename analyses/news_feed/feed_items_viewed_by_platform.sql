-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_items_viewed by platform, impressions / sessions (impressions), and items as clients count them /
--         sessions with an end (value)
-- grain: week
-- reads: the fact of sessions
select
    platform,
    cast(date_trunc('week', session_date) as date) as period_start,
    -- trap: a client counts what it has loaded, whether or not anybody saw it
    cast(sum(items_shown) as double) / count(*) as impressions,
    cast(sum(items_counted) as double) / nullif(count(items_counted), 0) as value
from {{ ref('fct_news_feed__sessions') }}
group by platform, cast(date_trunc('week', session_date) as date)
order by period_start, platform
