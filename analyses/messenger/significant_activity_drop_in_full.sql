-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users whose activity falls or stays low are found before they leave.
-- metric: significant_activity_drop, users whose messages, or active days, fell by more than half from the third last
--         to the second last week and again to the last / monthly users, and those of them who sent nothing in the next
--         30 days / all of them (precision), and / all who sent nothing (recall), once the 30 days are over; and the
--         last week's messages and active conversations of all / those of the week before, minus 1 (messages_change
--         and conversations_change)
-- trap: one week against another is noise: of two messages a week, one less is a drop of half; and zero after a drop
--       cannot fall again, yet is no recovery
-- note: monthly users sent a message in the last 28 days of a month that is over; half is the threshold
--       significant_drop; messages come on the first and the last day of the log; where not, take these from all events
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
        conversation_id,
        cast(date_trunc('month', event_at) as date) as period_start,
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff,
        lead(event_at) over (partition by user_id order by event_at) as next_event_at
    from {{ ref('stg_messenger__message_sent') }}

),

weeks as (

    select
        user_id,
        event_at,
        conversation_id,
        next_event_at,
        period_start,
        cutoff,
        case
            when event_at >= cutoff - interval '7' day then 1
            when event_at >= cutoff - interval '14' day then 2
            when event_at >= cutoff - interval '21' day then 3
            else 4
        end as weeks_back
    from messages
    where event_at >= cutoff - interval '28' day

),

user_weeks as (

    select
        weeks.period_start,
        count(case when weeks.weeks_back = 1 then 1 end) as messages_1,
        count(distinct case when weeks.weeks_back = 1 then cast(weeks.event_at as date) end) as days_1,
        count(case when weeks.weeks_back = 2 then 1 end) as messages_2,
        count(distinct case when weeks.weeks_back = 2 then cast(weeks.event_at as date) end) as days_2,
        count(case when weeks.weeks_back = 3 then 1 end) as messages_3,
        count(distinct case when weeks.weeks_back = 3 then cast(weeks.event_at as date) end) as days_3,
        count(distinct case when weeks.weeks_back = 1 then weeks.conversation_id end) as conversations_1,
        count(distinct case when weeks.weeks_back = 2 then weeks.conversation_id end) as conversations_2,
        case
            when weeks.cutoff + interval '30' day > log_days.open_day then null
            when
                max(weeks.next_event_at) >= weeks.cutoff
                and max(weeks.next_event_at) < weeks.cutoff + interval '30' day
                then 0
            else 1
        end as has_left
    from weeks
    inner join log_days
        on
            weeks.period_start >= log_days.first_day
            and weeks.cutoff <= log_days.open_day
    group by
        weeks.user_id,
        weeks.period_start,
        weeks.cutoff,
        log_days.open_day

),

users as (

    select
        period_start,
        has_left,
        messages_1,
        messages_2,
        conversations_1,
        conversations_2,
        case
            when 2 * messages_2 < messages_3 and (2 * messages_1 < messages_2 or messages_1 = 0) then 1
            when 2 * days_2 < days_3 and (2 * days_1 < days_2 or days_1 = 0) then 1
            else 0
        end as is_flagged
    from user_weeks

)

select
    period_start,
    cast(sum(is_flagged) as double) / count(*) as value,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(is_flagged), 0) as precision,
    cast(sum(is_flagged * has_left) as double) / nullif(sum(has_left), 0) as recall,
    cast(sum(messages_1) as double) / nullif(sum(messages_2), 0) - 1 as messages_change,
    cast(sum(conversations_1) as double) / nullif(sum(conversations_2), 0) - 1 as conversations_change
from users
group by period_start
order by period_start
