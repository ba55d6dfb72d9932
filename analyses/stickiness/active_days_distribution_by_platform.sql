-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: active_days_distribution by platform, users active on more than 15 of the last 28 days / users active on
--         any
-- grain: month
-- reads: the monthly fact of users
select
    month_start as period_start,
    platform,
    -- trap: of 31 days more than 15 is easier than of 28, so these are the last 28 days of each month
    cast(count(case when active_days > 15 then 1 end) as double) / count(*) as value
from {{ ref('fct_stickiness__user_months') }}
where active_days > 0
group by month_start, platform
order by month_start, platform
