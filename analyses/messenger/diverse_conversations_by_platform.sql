-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: diverse_conversations by platform, users who sent messages in at least 4 conversations in the last 28 days /
--         monthly users
-- grain: month
-- reads: the monthly snapshot of users
select
    month_start as period_start,
    platform,
    -- trap: adding up the weeks' conversations counts a lasting one four times, and the faithful look diverse
    cast(count(case when conversations_28_days >= 4 then 1 end) as double) / count(*) as value
from {{ ref('fct_messenger__user_snapshots') }}
group by month_start, platform
order by month_start, platform
