-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels take nothing from other features, and stay safe and fast.
-- metric: core_feed_time_spent by reels_group, minutes in the feed / users with time in it, summed over days (value),
--         and / active users, summed over days (per_active_day)
-- grain: week
-- reads: the user-day fact
select
    reels_group,
    cast(date_trunc('week', activity_date) as date) as period_start,
    cast(sum(feed_ms) as double) / 60000
    / nullif(count(case when feed_sessions > 0 then 1 end), 0) as value,
    -- trap: who leaves the feed is in no mean of its users, and takes a small number out of it
    cast(sum(feed_ms) as double) / 60000 / nullif(count(*), 0) as per_active_day
from {{ ref('fct_short_video__user_days') }}
where is_platform_active
group by reels_group, cast(date_trunc('week', activity_date) as date)
order by period_start, reels_group
