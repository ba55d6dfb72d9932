-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: significant_activity_drop by platform, users whose messages, or active days, fell by more than half from week
--         to week, twice / monthly users
-- grain: month
-- reads: the monthly snapshot of users
with users as (
    select
        month_start as period_start,
        platform,
        -- trap: who has stopped cannot fall further, yet has not recovered
        case
            when
                2 * messages_week_2 < messages_week_3
                and (2 * messages_week_1 < messages_week_2 or messages_week_1 = 0) then 1
            when
                2 * active_days_week_2 < active_days_week_3
                and (2 * active_days_week_1 < active_days_week_2 or active_days_week_1 = 0) then 1
            else 0
        end as is_flagged
    from {{ ref('fct_messenger__user_snapshots') }}
)

select
    period_start,
    platform,
    cast(sum(is_flagged) as double) / count(*) as value
from users
group by period_start, platform
order by period_start, platform
