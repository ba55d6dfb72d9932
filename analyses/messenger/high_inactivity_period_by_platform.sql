-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: high_inactivity_period by platform, users silent for more than 14 days / monthly users, those of them who
--         churned / all of them (precision), and / churners (recall)
-- grain: month
-- reads: the monthly snapshot of users
with users as (
    select
        month_start as period_start,
        platform,
        -- trap: silence counts from the month's end and not from today, or the past changes each day
        case when days_since_last_message > 14 then 1 else 0 end as is_flagged,
        case when has_churned then 1 when not has_churned then 0 end as has_left
    from {{ ref('fct_messenger__user_snapshots') }}
)

select
    period_start,
    platform,
    cast(sum(is_flagged) as double) / count(*) as value,
    cast(sum(is_flagged * has_left) as double)
    / nullif(sum(case when has_left is not null then is_flagged end), 0) as precision,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(has_left), 0) as recall
from users
group by period_start, platform
order by period_start, platform
