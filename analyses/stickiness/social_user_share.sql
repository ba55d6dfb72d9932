-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: social_user_share, users who turn to others / users active on the day
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    -- trap: users and not interactions, or one who likes everything is many
    cast(count(case when social_interactions > 0 then 1 end) as double) / count(*) as value
from {{ ref('fct_stickiness__user_days') }}
where is_active
group by activity_date
order by activity_date
