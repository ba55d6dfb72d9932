-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: high_message_volume, users whose messages of the last 28 days are among the top fifth of this month and of
--         the month before / monthly users
-- trap: one holiday makes a heavy sender of anybody; and a fixed number of messages flags everybody when the product
--       grows
-- note: monthly users sent a message in the last 28 days of a month that is over; the top fifth, from a percent rank of
--       0.8 on, is the threshold top_share; messages come on the first and the last day of the log; where not, take
--       these from all events
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
        count(*) as messages
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
        user_id,
        case
            when 5 * percent_rank() over (partition by period_start order by messages) >= 4 then 1
            else 0
        end as is_high
    from users

)

select
    ranked_users.period_start,
    -- The first month has none before it.
    case
        when
            lag(ranked_users.period_start) over (order by ranked_users.period_start)
            = ranked_users.period_start - interval '1' month
            then cast(sum(ranked_users.is_high * coalesce(last_month.is_high, 0)) as double) / count(*)
    end as value
from ranked_users
left join ranked_users as last_month
    on
        ranked_users.user_id = last_month.user_id
        and ranked_users.period_start = last_month.period_start + interval '1' month
group by ranked_users.period_start
order by ranked_users.period_start
