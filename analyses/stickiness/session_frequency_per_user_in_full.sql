-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: How regularly users come, and how long ago they last came, is known.
-- metric: session_frequency_per_user, starts of sessions in the log (value) and sessions by idle time (by_idle_time)
--         / seven days of each user active in the week, sessions / active days (per_active_day), and sessions with
--         one id and one start in the log / sessions with an id (agrees_with_log)
-- trap: a start is no session: a push that is swiped away logs one, a restart two, and a page left open none; divided
--       by active days, nobody ever stays away
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; a session ends
--       after 30 minutes without an event, and one that only begins is none
-- grain: week
with

scripts as (

    select
        user_id,
        cast(event_at as date) as script_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) >= 30
        and count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) <= 2

),

active_days as (

    select
        user_id,
        cast(event_at as date) as active_date
    from {{ ref('stg_stickiness__user_active_event') }}
    group by
        user_id,
        cast(event_at as date)
    having
        count(*) < 30
        or count(distinct extract(epoch from event_at - date_trunc('minute', event_at))) > 2

),

events as (

    select
        user_id,
        event_at,
        session_id,
        1 as session_starts
    from {{ ref('stg_stickiness__session_start') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__user_active_event') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__content_viewed') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__content_created') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__social_interaction') }}
    union all
    select
        user_id,
        event_at,
        session_id,
        0 as session_starts
    from {{ ref('stg_stickiness__feature_used') }}

),

gaps as (

    select
        events.*,
        case
            when
                events.event_at <= lag(events.event_at) over (
                    partition by events.user_id order by events.event_at
                ) + interval '30' minute
                then 0
            else 1
        end as begins
    from events
    left join scripts
        on
            events.user_id = scripts.user_id
            and cast(events.event_at as date) = scripts.script_date
    where scripts.user_id is null

),

numbered_events as (

    select
        user_id,
        event_at,
        session_id,
        session_starts,
        sum(begins) over (
            partition by user_id
            order by event_at
            range between unbounded preceding and current row
        ) as session_number
    from gaps

),

sessions as (

    select
        user_id,
        session_number,
        cast(min(event_at) as date) as session_date,
        min(event_at) as started_at,
        extract(epoch from max(event_at) - min(event_at)) as session_seconds,
        case when count(session_id) > 0 then 1 else 0 end as has_id,
        case when count(distinct session_id) = 1 and sum(session_starts) = 1 then 1 else 0 end as is_as_logged
    from numbered_events
    group by
        user_id,
        session_number
    having count(*) > sum(session_starts)

),

session_starts as (

    select
        cast(date_trunc('week', logged.event_at) as date) as period_start,
        count(*) as session_starts
    from {{ ref('stg_stickiness__session_start') }} as logged
    left join scripts
        on
            logged.user_id = scripts.user_id
            and cast(logged.event_at as date) = scripts.script_date
    where scripts.user_id is null
    group by cast(date_trunc('week', logged.event_at) as date)

),

weekly_sessions as (

    select
        cast(date_trunc('week', session_date) as date) as period_start,
        count(*) as sessions,
        sum(has_id) as with_id,
        sum(is_as_logged) as as_logged
    from sessions
    group by cast(date_trunc('week', session_date) as date)

),

weeks as (

    select
        cast(date_trunc('week', active_date) as date) as period_start,
        count(*) as days,
        count(distinct user_id) as users
    from active_days
    group by cast(date_trunc('week', active_date) as date)

)

select
    weeks.period_start,
    cast(session_starts.session_starts as double) / nullif(7 * weeks.users, 0) as value,
    cast(weekly_sessions.sessions as double) / nullif(7 * weeks.users, 0) as by_idle_time,
    cast(weekly_sessions.sessions as double) / nullif(weeks.days, 0) as per_active_day,
    cast(weekly_sessions.as_logged as double) / nullif(weekly_sessions.with_id, 0) as agrees_with_log
from weeks
inner join session_starts on weeks.period_start = session_starts.period_start
inner join weekly_sessions on weeks.period_start = weekly_sessions.period_start
order by weeks.period_start
