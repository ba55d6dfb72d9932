-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: active_messaging_days, days with a message / users who sent any, and the percentiles of the users' own
--         numbers (p25, p50, p75)
-- trap: days on which anybody sends say nothing of a user's habit, and days with a session nothing of messaging
-- note: a percentile is the smallest number that at least that share of the users do not exceed
-- grain: week
with

users as (

    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        count(distinct cast(event_at as date)) as active_days
    from {{ ref('stg_messenger__message_sent') }}
    group by
        user_id,
        cast(date_trunc('week', event_at) as date)

),

ordered_users as (

    select
        period_start,
        active_days,
        row_number() over (partition by period_start order by active_days) as place,
        count(*) over (partition by period_start) as users
    from users

)

select
    period_start,
    cast(sum(active_days) as double) / count(*) as value,
    min(case when 4 * place >= users then active_days end) as p25,
    min(case when 2 * place >= users then active_days end) as p50,
    min(case when 4 * place >= 3 * users then active_days end) as p75
from ordered_users
group by period_start
order by period_start
