-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: messages_sent_per_user by platform, messages / users who sent any
-- grain: week
-- reads: the dimension of users, for a user has one platform and messages have several
select
    known_users.platform,
    cast(date_trunc('week', messages.event_at) as date) as period_start,
    -- trap: a few users send most messages, so the mean describes nobody
    cast(count(*) as double) / count(distinct messages.user_id) as value
from {{ ref('stg_messenger__message_sent') }} as messages
inner join {{ ref('dim_messenger__users') }} as known_users on messages.user_id = known_users.user_id
group by known_users.platform, cast(date_trunc('week', messages.event_at) as date)
order by period_start, known_users.platform
