-- question: 6.1.1 News feed optimisation
-- goal: Readers enjoy the feed, and the time that they spend in it is well spent.
-- metric: feed_time_spent, minutes of sessions with an end / these sessions
-- grain: day
select
    cast(starts.event_at as date) as period_start,
    -- trap: a session that crashed has no end, and its time is in no number; beside it stands the time of all sessions
    sum(ends.duration_ms) / cast(60000 as double) / nullif(count(ends.duration_ms), 0) as value
from {{ ref('stg_news_feed__feed_session_start') }} as starts
left join {{ ref('stg_news_feed__feed_session_end') }} as ends
    on starts.user_id = ends.user_id and starts.session_id = ends.session_id
group by cast(starts.event_at as date)
order by period_start
