-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: rich_media_usage_rate, images and reactions / messages, and users who sent any of them / users
--         (users_of_rich_media)
-- grain: week
with messages as (
    select
        user_id,
        cast(date_trunc('week', event_at) as date) as period_start,
        message_type in ('image', 'reaction') as is_rich_media
    from {{ ref('stg_messenger__message_sent') }}
    where message_type is not null -- A message of unknown type is no text.
)

select
    period_start,
    -- trap: a mean of the users' own rates gives one message of a newcomer the weight of a thousand
    cast(count(case when is_rich_media then 1 end) as double) / count(*) as value,
    cast(count(distinct case when is_rich_media then user_id end) as double) / count(distinct user_id)
        as users_of_rich_media
from messages
group by period_start
order by period_start
