-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: sustained_low_activity by platform, users with fewer than 4 messages and 3 active days / monthly users, those
--         of them who churned / all of them (precision), and / churners (recall)
-- grain: month
-- reads: the monthly snapshot of users
with users as (
    select
        month_start as period_start,
        platform,
        case when messages_28_days < 4 and active_days_28_days < 3 then 1 else 0 end as is_flagged,
        case when has_churned then 1 when not has_churned then 0 end as has_left
    from {{ ref('fct_messenger__user_snapshots') }}
)

select
    period_start,
    platform,
    -- trap: users who are new in the month's last days had no time for more, and quiet is not falling
    cast(sum(is_flagged) as double) / count(*) as value,
    cast(sum(is_flagged * has_left) as double)
    / nullif(sum(case when has_left is not null then is_flagged end), 0) as precision,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(has_left), 0) as recall
from users
group by period_start, platform
order by period_start, platform
