-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: diverse_conversations by platform, users who send in at least 2 conversations a week, as the mean of four /
--         monthly users
-- grain: month
-- reads: the monthly snapshot of users
select
    month_start as period_start,
    platform,
    -- trap: four conversations in 28 days may be one a week; the mark is one of a week, so each week counts its own
    cast(count(case
        when conversations_week_1 + conversations_week_2 + conversations_week_3 + conversations_week_4 >= 4 * 2 then 1
    end) as double) / count(*) as value
from {{ ref('fct_messenger__user_snapshots') }}
group by month_start, platform
order by month_start, platform
