-- question: 5.1.1 Stickiness beyond DAU/MAU
-- goal: What users do when they come, and how much of it, is known.
-- metric: content_views_per_user, views / sessions (value), views / users active on the day (per_user_day), and users
--         with a view / users active on the day (viewing_days)
-- trap: starts of sessions in the log are no sessions; a mean of the users' own means weighs one view like a hundred
-- note: 30 active events of a day that are all at one or two seconds of the minute are a script's; a session ends
--       after 30 minutes without an event, and one that only begins is none
-- grain: day
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

daily_sessions as (

    select
        user_id,
        session_date,
        count(*) as sessions
    from sessions
    group by
        user_id,
        session_date

),

daily_views as (

    select
        user_id,
        cast(event_at as date) as view_date,
        count(*) as content_views
    from {{ ref('stg_stickiness__content_viewed') }}
    group by
        user_id,
        cast(event_at as date)

)

select
    active_days.active_date as period_start,
    cast(sum(daily_views.content_views) as double) / nullif(sum(daily_sessions.sessions), 0) as value,
    cast(sum(daily_views.content_views) as double) / count(*) as per_user_day,
    cast(count(daily_views.content_views) as double) / count(*) as viewing_days
from active_days
left join daily_sessions
    on
        active_days.user_id = daily_sessions.user_id
        and active_days.active_date = daily_sessions.session_date
left join daily_views
    on
        active_days.user_id = daily_views.user_id
        and active_days.active_date = daily_views.view_date
group by active_days.active_date
order by period_start
