-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: diverse_conversations, users who sent messages in at least 4 conversations in the month's last 28 days /
--         monthly users
-- grain: month
with messages as (
    select
        user_id,
        event_at,
        conversation_id,
        cast(date_trunc('month', event_at) as date) as period_start,
        min(cast(event_at as date)) over () as first_day
    from {{ ref('stg_messenger__message_sent') }}
),

users as (
    select
        period_start,
        count(distinct conversation_id) as conversations -- trap: weeks added up count a lasting one four times
    from messages
    where period_start >= first_day and event_at >= cast(period_start + interval '1' month as date) - interval '28' day
    group by user_id, period_start
)

select
    period_start,
    cast(count(case when conversations >= 4 then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
