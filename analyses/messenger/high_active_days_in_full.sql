-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_active_days, users with a message on at least 10 of the last 28 days / monthly users
-- trap: months have 28 to 31 days, so days of the calendar month do not compare; the last 28 do
-- note: monthly users sent a message in the last 28 days of a month that is over; 10 is the threshold high_active_days;
--       messages come on the first and the last day of the log; where not, take these from all events
-- grain: month
with

log_days as (

    select
        cast(min(event_at) as date) as first_day,
        cast(max(received_at) as date) as open_day
    from {{ ref('stg_messenger__message_sent') }}

),

messages as (

    select
        user_id,
        event_at,
        cast(date_trunc('month', event_at) as date) as period_start,
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff
    from {{ ref('stg_messenger__message_sent') }}

),

users as (

    select
        messages.period_start,
        messages.user_id,
        count(distinct cast(messages.event_at as date)) as active_days
    from messages
    inner join log_days
        on
            messages.period_start >= log_days.first_day
            and messages.cutoff <= log_days.open_day
    where messages.event_at >= messages.cutoff - interval '28' day
    group by
        messages.period_start,
        messages.user_id

)

select
    period_start,
    cast(count(case when active_days >= 10 then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
