-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_scroll_depth, furthest points of sessions that were scrolled / these (value), / all sessions
--         (all_sessions), and in screens / sessions whose screen is known (screens)
-- grain: day
with depths as (
    select
        user_id,
        session_id,
        max(scroll_depth_pixels) as pixels
    from {{ ref('stg_news_feed__feed_scroll') }}
    group by user_id, session_id
)

select
    cast(starts.event_at as date) as period_start,
    sum(depths.pixels) / cast(nullif(count(depths.pixels), 0) as double) as value,
    coalesce(sum(depths.pixels), 0) / cast(count(*) as double) as all_sessions,
    -- trap: a pixel is more of a small screen, and who does not scroll at all has seen no further than the top
    coalesce(sum(cast(depths.pixels as double) / starts.viewport_height_pixels), 0)
    / nullif(count(starts.viewport_height_pixels), 0) as screens
from {{ ref('stg_news_feed__feed_session_start') }} as starts
left join depths on starts.user_id = depths.user_id and starts.session_id = depths.session_id
group by cast(starts.event_at as date)
order by period_start
