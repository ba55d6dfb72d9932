-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_message_volume, users in the top fifth by messages of 28 days, this month and the last / monthly users
-- grain: month
-- reads: the monthly snapshot of users
with ranked_users as (
    select
        user_id,
        month_start,
        cutoff_date,
        -- A fixed number of messages would flag everybody when the product grows.
        case
            when 5 * percent_rank() over (partition by month_start order by messages_28_days) >= 4 then 1
            else 0
        end as is_high
    from {{ ref('fct_messenger__user_snapshots') }}
)

select
    ranked_users.month_start as period_start,
    -- trap: one holiday makes a heavy sender of anybody, so last month counts, too
    cast(sum(ranked_users.is_high * last_month.is_high) as double) / count(*) as value -- null where there is none
from ranked_users
left join ranked_users as last_month
    on ranked_users.user_id = last_month.user_id and ranked_users.month_start = last_month.cutoff_date
group by ranked_users.month_start
order by period_start
