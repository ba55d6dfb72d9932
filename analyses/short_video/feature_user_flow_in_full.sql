-- question: 2.1.4 Dashboard of the effect of Reels on other features
-- goal: What other features lose to Reels, or gain by them, is known apart from the season and from who uses them.
-- metric: feature_user_flow, moves between features / sessions with any (value), and moves from start / these
--         sessions (from_start)
-- trap: rows of one feature that follow each other are one stay, and no move
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

interactions as (

    select
        sessions.user_id,
        sessions.session_id,
        sessions.session_date,
        events.feature_name,
        lag(events.feature_name) over (
            partition by sessions.user_id, sessions.session_id order by events.sequence_no, events.event_at
        ) as feature_before
    from sessions
    inner join {{ ref('stg_short_video__feature_interaction') }} as events
        on
            sessions.user_id = events.user_id
            and sessions.session_id = events.session_id

),

session_moves as (

    select
        user_id,
        session_id,
        cast(date_trunc('week', session_date) as date) as period_start,
        count(case when feature_before is null then 1 end) as from_start,
        -- Into each stay leads one move, and out of the last one leads one more.
        count(case when feature_before is null or feature_before <> feature_name then 1 end) + 1 as moves
    from interactions
    group by
        user_id,
        session_id,
        session_date

)

select
    period_start,
    cast(sum(moves) as double) / nullif(count(*), 0) as value,
    cast(sum(from_start) as double) / nullif(count(*), 0) as from_start
from session_moves
group by period_start
order by period_start
