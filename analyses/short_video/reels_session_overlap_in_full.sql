-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: reels_session_overlap, sessions with reels and another feature / sessions with reels (value), and sessions
--         with one and no reels / sessions without reels (without_reels)
-- trap: how often it would be there anyway is what sessions without reels say
-- grain: week
with

sessions as (

    select
        user_id,
        session_id,
        cast(min(event_at) as date) as session_date
    from {{ ref('stg_short_video__user_session_start') }}
    group by user_id, session_id

),

features as (

    select
        sessions.user_id,
        sessions.session_id,
        cast(date_trunc('week', sessions.session_date) as date) as period_start,
        max(case when events.feature_name = 'Reels' then 1 else 0 end) as has_reels,
        max(case when events.feature_name <> 'Reels' then 1 else 0 end) as has_others
    from sessions
    inner join {{ ref('stg_short_video__feature_interaction') }} as events
        on
            sessions.user_id = events.user_id
            and sessions.session_id = events.session_id
    group by
        sessions.user_id,
        sessions.session_id,
        sessions.session_date

)

select
    period_start,
    cast(sum(has_reels * has_others) as double) / nullif(sum(has_reels), 0) as value,
    cast(sum((1 - has_reels) * has_others) as double) / nullif(sum(1 - has_reels), 0) as without_reels
from features
group by period_start
order by period_start
