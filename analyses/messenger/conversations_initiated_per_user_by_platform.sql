-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: conversations_initiated_per_user by platform, conversations created / users who sent a message
-- grain: week
-- reads: the dimension of users, for a user has one platform and events have several
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
    known_users.platform,
    cast(date_trunc('week', counted.event_at) as date) as period_start,
    -- trap: divided by users who created any, it would be at least 1 whatever happens
    cast(sum(counted.conversations) as double)
    / nullif(count(distinct case when counted.conversations = 0 then counted.user_id end), 0) as value
from counted
inner join {{ ref('dim_messenger__users') }} as known_users on counted.user_id = known_users.user_id
group by known_users.platform, cast(date_trunc('week', counted.event_at) as date)
order by period_start, known_users.platform
