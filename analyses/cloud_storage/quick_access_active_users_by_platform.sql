-- question: 4.1.1 Quick Access ML suggestions
-- goal: Users take up Quick Access and come back to it often.
-- metric: quick_access_active_users by platform, users with a click / users who did anything on the day
--         (share_of_active_users)
-- grain: day
-- reads: the user-day fact
select
    platform,
    action_date as period_start,
    -- trap: divided by users who were shown a list, the share says nothing about the platform
    cast(count(distinct case when clicks > 0 then user_id end) as double) / count(distinct user_id)
        as share_of_active_users
from {{ ref('fct_cloud_storage__user_days') }}
group by platform, action_date
order by period_start, platform
