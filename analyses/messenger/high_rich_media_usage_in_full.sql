-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_rich_media_usage, users whose share of images and reactions in the last 28 days is among the top fifth
--         of the users with at least 5 messages / monthly users
-- trap: without a least number of messages the highest shares belong to people with one message, which was a heart
-- note: monthly users sent a message in the last 28 days of a month that is over; the top fifth, from a percent rank of
--       0.8 among those with 5 messages on, and 5 are the thresholds top_share and rich_media_messages; messages come
--       on the first and the last day of the log; where not, take these from all events
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
        message_type,
        cast(date_trunc('month', event_at) as date) as period_start,
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff
    from {{ ref('stg_messenger__message_sent') }}

),

users as (

    select
        messages.period_start,
        messages.user_id,
        count(messages.message_type) as messages,
        coalesce(
            cast(count(case when messages.message_type in ('image', 'reaction') then 1 end) as double)
            / nullif(count(messages.message_type), 0), 0
        ) as rich_media_rate
    from messages
    inner join log_days
        on
            messages.period_start >= log_days.first_day
            and messages.cutoff <= log_days.open_day
    where messages.event_at >= messages.cutoff - interval '28' day
    group by
        messages.period_start,
        messages.user_id

),

ranked_users as (

    select
        period_start,
        case
            when messages < 5 then 0
            when 5 * percent_rank() over (partition by period_start, messages >= 5 order by rich_media_rate) >= 4 then 1
            else 0
        end as is_high
    from users

)

select
    period_start,
    cast(sum(is_high) as double) / count(*) as value
from ranked_users
group by period_start
order by period_start
