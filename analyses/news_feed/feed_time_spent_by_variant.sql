-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_time_spent by variant, minutes / sessions (all_sessions), / readers of the day (per_active_day), and of
--         sessions with an end / these (value)
-- grain: day
-- reads: the fact of sessions
select
    variant,
    session_date as period_start,
    -- trap: time per session falls when people come back more often for less long
    sum(feed_ms) / cast(60000 as double) / count(*) as all_sessions,
    sum(feed_ms) / cast(60000 as double) / count(distinct user_id) as per_active_day,
    sum(duration_ms) / cast(60000 as double) / nullif(count(duration_ms), 0) as value
from {{ ref('fct_news_feed__sessions') }}
group by variant, session_date
order by period_start, variant
