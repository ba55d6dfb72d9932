-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reels_time_spent_per_user by platform, minutes in reels / users with a session in them, summed over days
--         (per_active_day)
-- grain: week
-- reads: the user-day fact
select
    platform,
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: the mean of sessions is not that of users; three short sessions are one user
    cast(sum(reels_ms) as double) / 60000
    / nullif(count(case when reels_summaries > 0 then 1 end), 0) as per_active_day
from {{ ref('fct_short_video__user_days') }}
group by platform, cast(date_trunc('week', activity_date) as date)
order by period_start, platform
