-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_rich_media_usage by platform, top fifth by share of images and reactions, of users with 5 messages or
--         more / monthly users
-- grain: month
-- reads: the monthly snapshot of users
with ranked_users as (
    select
        month_start,
        platform,
        typed_messages_28_days as messages,
        percent_rank() over (
            partition by month_start, typed_messages_28_days >= 5
            order by cast(rich_media_28_days as double) / nullif(typed_messages_28_days, 0)
        ) as rate_rank
    from {{ ref('fct_messenger__user_snapshots') }}
)

select
    month_start as period_start,
    platform,
    -- trap: without a least number the highest shares belong to people with one message, which was a heart
    cast(count(case when messages >= 5 and 5 * rate_rank >= 4 then 1 end) as double) / count(*) as value
from ranked_users
group by month_start, platform
order by month_start, platform
