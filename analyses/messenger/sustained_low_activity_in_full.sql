-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: sustained_low_activity, users with fewer than 4 messages and fewer than 3 active days in the last 28 /
--         monthly users, and those of them who sent nothing in the next 30 days / all of them (precision), and / all
--         who sent nothing (recall), once the 30 days are over
-- trap: users who are new in the month's last days had no time for more, and quiet ones have always been quiet: low is
--       not falling
-- note: monthly users sent a message in the last 28 days of a month that is over; the thresholds are low_messages and
--       low_active_days; messages come on the first and the last day of the log; where not, take these from all events
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
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff,
        lead(event_at) over (partition by user_id order by event_at) as next_event_at
    from {{ ref('stg_messenger__message_sent') }}

),

users as (

    select
        messages.period_start,
        case
            when count(*) < 4 and count(distinct cast(messages.event_at as date)) < 3 then 1 else 0
        end as is_flagged,
        case
            when messages.cutoff + interval '30' day > log_days.open_day then null
            when
                max(messages.next_event_at) >= messages.cutoff
                and max(messages.next_event_at) < messages.cutoff + interval '30' day
                then 0
            else 1
        end as has_left
    from messages
    inner join log_days
        on
            messages.period_start >= log_days.first_day
            and messages.cutoff <= log_days.open_day
    where messages.event_at >= messages.cutoff - interval '28' day
    group by
        messages.user_id,
        messages.period_start,
        messages.cutoff,
        log_days.open_day

)

select
    period_start,
    cast(sum(is_flagged) as double) / count(*) as value,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(is_flagged), 0) as precision,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(has_left), 0) as recall
from users
group by period_start
order by period_start
