-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_hours, hours watched / daily active users (per_dau)
-- grain: week
-- reads: the user-day fact
select
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: by playbacks, since a session that crashed has no end that adds its hours up
    sum(watched_hours) / nullif(count(case when is_active then 1 end), 0) as per_dau
from {{ ref('fct_streaming__user_days') }}
group by cast(date_trunc('week', activity_date) as date)
order by period_start
