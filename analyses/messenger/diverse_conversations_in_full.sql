-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: diverse_conversations, users who sent messages in at least 2 conversations a week, as the mean of the last
--         four weeks / monthly users
-- trap: four conversations in 28 days may be one a week; the mark is one of a week, so each week counts its own
-- note: monthly users sent a message in the last 28 days of a month that is over; 2 is the threshold
--       diverse_conversations_per_week, here 8 in four weeks; messages come on the first and the last day of the log;
--       where not, take these from all events
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
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff
    from {{ ref('stg_messenger__message_sent') }}

),

weeks as (

    select
        period_start,
        user_id,
        conversation_id,
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
        weeks.user_id,
        weeks.weeks_back,
        count(distinct weeks.conversation_id) as conversations
    from weeks
    inner join log_days
        on
            weeks.period_start >= log_days.first_day
            and weeks.cutoff <= log_days.open_day
    group by
        weeks.period_start,
        weeks.user_id,
        weeks.weeks_back

),

users as (

    select
        period_start,
        user_id,
        sum(conversations) as conversations
    from user_weeks
    group by
        period_start,
        user_id

)

select
    period_start,
    cast(count(case when conversations >= 8 then 1 end) as double) / count(*) as value
from users
group by period_start
order by period_start
