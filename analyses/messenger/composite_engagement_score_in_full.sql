-- question: 8.1.1 Messaging engagement and churn risk
-- goal: Users with high, steady and rich activity are known.
-- metric: composite_engagement_score, power users, who have the highest 7.5 % of the scores / monthly users, the mean
--         of the scores (mean_score), power users who were so last month / power users of last month (overlap), and
--         what overlap would be by lot (chance_overlap): the share of power users x the share of last month's who are
--         monthly users still; and messages / power users beside twice the messages / monthly users
-- trap: a sum of raw numbers is a sum of messages; overlap says little without the one by lot; and power users who left
--       stay in its denominator
-- note: monthly users sent a message in the last 28 days of a month that is over; a score is the sum of percent ranks
--       times 0.3, 0.3, 0.25 and 0.15, the engagement weights, here as twentieths; who has fewer than 5 messages
--       (rich_media_messages) has no rank by rich media, which is 0; 7.5 % is the threshold power_user_share, a whole
--       number of users, and between the same scores and numbers a lot decides; no month is without users; messages
--       come on the first and the last day of the log; where not, take these from all events
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
        conversation_id,
        message_type,
        cast(date_trunc('month', event_at) as date) as period_start,
        cast(cast(date_trunc('month', event_at) as date) + interval '1' month as date) as cutoff
    from {{ ref('stg_messenger__message_sent') }}

),

users as (

    select
        messages.period_start,
        messages.user_id,
        count(*) as messages,
        count(distinct cast(messages.event_at as date)) as active_days,
        count(distinct messages.conversation_id) as conversations,
        case when count(messages.message_type) >= 5 then 1 else 0 end as is_rated,
        cast(count(case when messages.message_type in ('image', 'reaction') then 1 end) as double)
        / nullif(count(messages.message_type), 0) as rich_media_rate
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

scores as (

    select
        period_start,
        user_id,
        messages,
        active_days,
        conversations,
        (
            6 * percent_rank() over (partition by period_start order by messages)
            + 6 * percent_rank() over (partition by period_start order by active_days)
            + 5 * percent_rank() over (partition by period_start order by conversations)
            + 3 * is_rated * percent_rank() over (partition by period_start, is_rated order by rich_media_rate)
        ) / 20 as score
    from users

),

positions as (

    select
        period_start,
        user_id,
        score,
        messages,
        row_number() over (
            partition by period_start
            order by
                score desc,
                messages desc,
                active_days desc,
                conversations desc,
                md5(user_id || cast(cast(period_start + interval '1' month as date) as varchar)) asc
        ) as place
    from scores

),

segments as (

    select
        period_start,
        user_id,
        score,
        messages,
        -- Place <= 7.5 % of the users, rounded, in whole numbers.
        case
            when 40 * place - 20 <= 3 * count(*) over (partition by period_start) then 1
            else 0
        end as is_power_user
    from positions

)

select
    segments.period_start,
    cast(sum(segments.is_power_user) as double) / count(*) as value,
    avg(segments.score) as mean_score,
    cast(sum(segments.is_power_user * segments.messages) as double)
    / nullif(sum(segments.is_power_user), 0) as messages_per_power_user,
    2 * avg(segments.messages) as twice_messages_per_user,
    cast(sum(segments.is_power_user * last_month.is_power_user) as double)
    / nullif(lag(sum(segments.is_power_user)) over (order by segments.period_start), 0) as overlap,
    cast(sum(segments.is_power_user) as double) / count(*) * sum(last_month.is_power_user)
    / nullif(lag(sum(segments.is_power_user)) over (order by segments.period_start), 0) as chance_overlap
from segments
left join segments as last_month
    on
        segments.user_id = last_month.user_id
        and segments.period_start = last_month.period_start + interval '1' month
group by segments.period_start
order by segments.period_start
