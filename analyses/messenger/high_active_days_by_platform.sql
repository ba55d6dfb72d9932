-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_active_days by platform, users with a message on at least 10 of the last 28 days / monthly users
-- grain: month
-- reads: the monthly snapshot of users
select
    month_start as period_start,
    platform,
    -- trap: months have 28 to 31 days, so days of the calendar month do not compare; the last 28 do
    cast(count(case when active_days_28_days >= 10 then 1 end) as double) / count(*) as value
from {{ ref('fct_messenger__user_snapshots') }}
group by month_start, platform
order by month_start, platform
