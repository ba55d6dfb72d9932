-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reels_views_per_user by platform, views / users with a view in the week (value), and views / users with a
--         view, summed over days (per_active_day)
-- grain: week
-- reads: the user-day fact
select
    platform,
    cast(date_trunc('week', activity_date) as date) as period_start,
    -- trap: each view that was logged stands for several
    cast(sum(reels_views) as double) / nullif(count(distinct user_id), 0) as value,
    cast(sum(reels_views) as double) / nullif(count(*), 0) as per_active_day
from {{ ref('fct_short_video__user_days') }}
where logged_views > 0
group by platform, cast(date_trunc('week', activity_date) as date)
order by period_start, platform
