-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_session_duration by device_type, minutes that the ends of sessions say / sessions with an end
--         (value), and minutes by playbacks / sessions (watched)
-- grain: week
-- reads: the fact of sessions
select
    cast(date_trunc('week', session_date) as date) as period_start,
    device_type,
    -- trap: what crashed has no end, and was being watched
    cast(sum(logged_watch_ms) as double) / 60000 / nullif(count(logged_watch_ms), 0) as value,
    cast(sum(watched_ms) as double) / 60000 / count(*) as watched
from {{ ref('fct_streaming__sessions') }}
group by cast(date_trunc('week', session_date) as date), device_type
order by period_start, device_type
