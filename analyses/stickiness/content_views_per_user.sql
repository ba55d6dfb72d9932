-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: content_views_per_user, views / sessions, and views / users active on the day (per_user_day)
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    -- trap: sums by sums; a mean of the sessions' own means weighs one view like a hundred
    cast(sum(content_views) as double) / nullif(sum(sessions), 0) as value,
    cast(sum(content_views) as double) / count(*) as per_user_day
from {{ ref('fct_stickiness__user_days') }}
where is_active
group by activity_date
order by activity_date
