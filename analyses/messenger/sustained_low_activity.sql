-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: sustained_low_activity, users with fewer than 4 messages and fewer than 3 active days in the last 28 /
--         monthly users
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
        count(*) < 4 and count(distinct cast(event_at as date)) < 3 as is_low
    from messages
    where period_start >= first_day and event_at >= cast(period_start + interval '1' month as date) - interval '28' day
    group by user_id, period_start
)

select
    period_start,
    -- trap: users who are new in the month's last days had no time for more, and quiet is not falling
    cast(count(case when is_low then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
