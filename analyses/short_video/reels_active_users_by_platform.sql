-- question: 2.1.1 Reels platform health and engagement
-- goal: Reels keep users, and bring new ones.
-- metric: reels_active_users by platform, users who watch or publish reels on the day (value)
-- grain: day
-- reads: the user-day fact
with members as (
    select distinct platform
    from {{ ref('fct_short_video__user_days') }}
    where is_reels_active
)

select
    days.activity_date as period_start,
    members.platform,
    -- trap: viewers and creators overlap, so a user counts once; a day without any has 0
    count(distinct case when days.is_reels_active and days.platform = members.platform then days.user_id end) as value
from {{ ref('fct_short_video__user_days') }} as days
cross join members
group by days.activity_date, members.platform
order by days.activity_date, members.platform
