-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_active_users, users who watch or publish reels on the day (value)
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    -- trap: viewers and creators overlap, so a user counts once; a day without any has 0
    count(distinct case when is_reels_active then user_id end) as value
from {{ ref('fct_short_video__user_days') }}
group by activity_date
order by activity_date
