-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: messages_sent_per_user, messages / users who sent any, and the median user's (p50)
-- grain: week
with users as (
    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        count(*) as messages
    from {{ ref('stg_messenger__message_sent') }}
    group by user_id, cast(date_trunc('week', event_at) as date)
),

ordered_users as (
    select
        period_start,
        messages,
        row_number() over (partition by period_start order by messages) as place,
        count(*) over (partition by period_start) as users
    from users
)

select
    period_start,
    cast(sum(messages) as double) / count(*) as value, -- trap: a few users send most, so this describes nobody
    min(case when 2 * place >= users then messages end) as p50
from ordered_users
group by period_start
order by period_start
