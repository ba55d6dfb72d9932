-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: high_inactivity_period, users whose last message is more than 14 days old at the month's end / monthly users,
--         and those of them who sent nothing in the next 30 days / all of them (precision), and / all who sent nothing
--         (recall), once the 30 days are over
-- trap: silence counts from the month's end and not from today, or the past changes each day; who was silent for all 28
--       days is no monthly user, but gone
-- note: monthly users sent a message in the last 28 days of a month that is over; 14 is the threshold inactive_days;
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
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff,
        lead(event_at) over (partition by user_id order by event_at) as next_event_at
    from {{ ref('stg_messenger__message_sent') }}

),

users as (

    select
        messages.period_start,
        case when max(messages.event_at) < messages.cutoff - interval '14' day then 1 else 0 end as is_flagged,
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
