-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: rich_media_usage_rate by platform, images and reactions / messages
-- grain: week
-- reads: the dimension of users, for a user has one platform and messages have several
select
    known_users.platform,
    cast(date_trunc('week', messages.event_at) as date) as period_start,
    -- trap: a mean of the users' own rates gives one message of a newcomer the weight of a thousand
    cast(count(case when messages.message_type in ('image', 'reaction') then 1 end) as double) / count(*) as value
from {{ ref('stg_messenger__message_sent') }} as messages
inner join {{ ref('dim_messenger__users') }} as known_users on messages.user_id = known_users.user_id
where messages.message_type is not null -- A message of unknown type is no text.
group by known_users.platform, cast(date_trunc('week', messages.event_at) as date)
order by period_start, known_users.platform
