-- question: 8.1.1 Messaging engagement and churn risk
-- goal: How much, how often and how richly each user messages is known.
-- metric: active_messaging_days by platform, days with a message / users who sent any
-- grain: week
-- reads: the dimension of users, for a user has one platform and messages have several
with user_days as (
    -- trap: days on which anybody sends say nothing of a user's habit, so each user's own are counted
    select distinct
        user_id,
        cast(event_at as date) as active_date,
        cast(date_trunc('week', event_at) as date) as period_start
    from {{ ref('stg_messenger__message_sent') }}
)

select
    user_days.period_start,
    known_users.platform,
    cast(count(*) as double) / count(distinct user_days.user_id) as value
from user_days
inner join {{ ref('dim_messenger__users') }} as known_users on user_days.user_id = known_users.user_id
group by user_days.period_start, known_users.platform
order by user_days.period_start, known_users.platform
