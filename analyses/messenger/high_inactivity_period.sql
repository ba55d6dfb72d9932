-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: high_inactivity_period, users whose last message is more than 14 days old at the month's end / monthly users
-- grain: month
with messages as (
    select
        user_id,
        event_at,
        cast(date_trunc('month', event_at) as date) as period_start,
        min(cast(event_at as date)) over () as first_day
    from {{ ref('stg_messenger__message_sent') }}
),

users as (
    select
        period_start,
        -- trap: silence counts from the month's end and not from today, or the past changes each day
        max(event_at) < cast(period_start + interval '1' month as date) - interval '14' day as is_silent
    from messages
    where period_start >= first_day and event_at >= cast(period_start + interval '1' month as date) - interval '28' day
    group by user_id, period_start
)

select
    period_start,
    cast(count(case when is_silent then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
