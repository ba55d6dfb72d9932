-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: creating_user_share by platform, users who create something / users active on the day
-- grain: day
-- reads: the user-day fact
select
    activity_date as period_start,
    platform,
    -- trap: of the day; the share of a month is larger, and no mean of these
    cast(count(case when content_created > 0 then 1 end) as double) / count(*) as value
from {{ ref('fct_stickiness__user_days') }}
where is_active
group by activity_date, platform
order by activity_date, platform
