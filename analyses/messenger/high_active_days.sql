-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_active_days, users with a message on at least 10 of the month's last 28 days / monthly users
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
        count(distinct cast(event_at as date)) as active_days
    from messages
    -- trap: months have 28 to 31 days, so days of the calendar month do not compare; the last 28 do
    where period_start >= first_day and event_at >= cast(period_start + interval '1' month as date) - interval '28' day
    group by user_id, period_start
)

select
    period_start,
    cast(count(case when active_days >= 10 then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
