-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: active_conversations_per_user, conversations in which a user sends / users who sent any, and the percentiles
--         of the users' own numbers (p25, p50, p75)
-- trap: a conversation that lasts three days is one of the week's, so distinct counts of days do not add up
-- note: a percentile is the smallest number that at least that share of the users do not exceed
-- grain: week
with

users as (

    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        count(distinct conversation_id) as conversations
    from {{ ref('stg_messenger__message_sent') }}
    group by
        user_id,
        cast(date_trunc('week', event_at) as date)

),

ordered_users as (

    select
        period_start,
        conversations,
        row_number() over (partition by period_start order by conversations) as place,
        count(*) over (partition by period_start) as users
    from users

)

select
    period_start,
    cast(sum(conversations) as double) / count(*) as value,
    min(case when 4 * place >= users then conversations end) as p25,
    min(case when 2 * place >= users then conversations end) as p50,
    min(case when 4 * place >= 3 * users then conversations end) as p75
from ordered_users
group by period_start
order by period_start
