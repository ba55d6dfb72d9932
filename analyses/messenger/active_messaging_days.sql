-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: active_messaging_days, days with a message / users who sent any, and the median user's (p50)
-- grain: week
with users as (
    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        count(distinct cast(event_at as date)) as active_days -- trap: of each user; days on which anybody sends are 7
    from {{ ref('stg_messenger__message_sent') }}
    group by user_id, cast(date_trunc('week', event_at) as date)
),

ordered_users as (
    select
        period_start,
        active_days,
        row_number() over (partition by period_start order by active_days) as place,
        count(*) over (partition by period_start) as users
    from users
)

select
    period_start,
    cast(sum(active_days) as double) / count(*) as value,
    min(case when 2 * place >= users then active_days end) as p50
from ordered_users
group by period_start
order by period_start
