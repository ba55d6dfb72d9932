-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: conversations_initiated_per_user, conversations created / users who sent a message, and / users who created
--         any (per_creator)
-- grain: week
with counted as (
    select
        event_at,
        user_id,
        0 as conversations
    from {{ ref('stg_messenger__message_sent') }}
    union all
    select
        event_at,
        user_id,
        1 as conversations
    from {{ ref('stg_messenger__conversation_created') }}
)

select
    cast(date_trunc('week', event_at) as date) as period_start,
    cast(sum(conversations) as double)
    / nullif(count(distinct case when conversations = 0 then user_id end), 0) as value,
    -- trap: per creator it is at least 1 whatever happens, and rises when occasional creators stop
    cast(sum(conversations) as double)
    / nullif(count(distinct case when conversations = 1 then user_id end), 0) as per_creator
from counted
group by cast(date_trunc('week', event_at) as date)
order by period_start
