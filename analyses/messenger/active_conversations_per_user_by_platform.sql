-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: active_conversations_per_user by platform, conversations in which a user sends / users who sent any
-- grain: week
-- reads: the dimension of users, for a user has one platform and messages have several
with user_conversations as (
    -- trap: a conversation that lasts three days is one of the week's, so distinct counts of days do not add up
    select distinct
        user_id,
        conversation_id,
        cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_messenger__message_sent') }}
)

select
    user_conversations.period_start,
    known_users.platform,
    cast(count(*) as double) / count(distinct user_conversations.user_id) as value
from user_conversations
inner join {{ ref('dim_messenger__users') }} as known_users on user_conversations.user_id = known_users.user_id
group by user_conversations.period_start, known_users.platform
order by user_conversations.period_start, known_users.platform
