-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: time_spent_per_active_user by platform, minutes in sessions / users active on the day
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    platform,
    -- trap: a session is as long as from its first event to its last, so one event has no length
    sum(session_seconds) / 60 / count(*) as value
from {{ ref('fct_stickiness__user_days') }}
where is_active
group by activity_date, platform
order by activity_date, platform
