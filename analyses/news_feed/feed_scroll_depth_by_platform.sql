-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_scroll_depth by platform, in screens / sessions (screens), in pixels / sessions with a scroll (value)
-- grain: day
-- reads: the fact of sessions
select
    platform,
    session_date as period_start,
    -- trap: a pixel is more of a small screen than of a large one
    sum(cast(scroll_depth_pixels as double) / viewport_height_pixels)
    / nullif(count(viewport_height_pixels), 0) as screens,
    cast(sum(scroll_depth_pixels) as double) / nullif(count(case when has_scroll then 1 end), 0) as value
from {{ ref('fct_news_feed__sessions') }}
group by platform, session_date
order by period_start, platform
