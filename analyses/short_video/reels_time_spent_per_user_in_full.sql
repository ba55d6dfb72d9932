-- question: 2.1.1 Reels platform health and engagement
-- goal: Users watch reels at length, and care for what they see.
-- metric: reels_time_spent_per_user, minutes in reels / sessions with a summary (value), / users with one, summed
--         over days (per_active_day), and / active users, summed over days (per_platform_day); minutes of the views
--         that were logged, times what these stand for / users with a view, summed over days (by_views)
-- trap: three short sessions are one user; what is watched after midnight belongs to the day on which the session
--       began
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

active_days as (

    select
        cast(date_trunc('week', sessions.session_date) as date) as period_start,
        count(distinct sessions.user_id || ' ' || cast(sessions.session_date as varchar)) as user_days
    from sessions
    inner join {{ ref('stg_short_video__user_active_session_start') }} as active
        on
            sessions.user_id = active.user_id
            and sessions.session_id = active.session_id
    group by cast(date_trunc('week', sessions.session_date) as date)

),

summaries as (

    select
        cast(date_trunc('week', sessions.session_date) as date) as period_start,
        cast(sum(summary.total_watch_time_ms_in_reels) as double) / 60000 as minutes,
        count(*) as summaries,
        count(distinct sessions.user_id || ' ' || cast(sessions.session_date as varchar)) as user_days
    from sessions
    inner join {{ ref('stg_short_video__reel_session_summary') }} as summary
        on
            sessions.user_id = summary.user_id
            and sessions.session_id = summary.session_id
    group by cast(date_trunc('week', sessions.session_date) as date)

),

watched as (

    select
        view_id,
        user_id,
        sum(watch_time_ms) as watch_ms
    from {{ ref('stg_short_video__reel_view_progress') }}
    group by
        view_id,
        user_id

),

views as (

    select
        cast(date_trunc('week', views.event_at) as date) as period_start,
        cast(sum(watched.watch_ms * views.views_represented) as double) / 60000 as minutes,
        count(distinct views.user_id || ' ' || cast(cast(views.event_at as date) as varchar)) as user_days
    from {{ ref('stg_short_video__reel_view_impression') }} as views
    left join watched
        on
            views.view_id = watched.view_id
            and views.user_id = watched.user_id
    where views.session_id is not null
    group by cast(date_trunc('week', views.event_at) as date)

)

select
    active_days.period_start,
    summaries.minutes / nullif(summaries.summaries, 0) as value,
    summaries.minutes / nullif(summaries.user_days, 0) as per_active_day,
    views.minutes / nullif(views.user_days, 0) as by_views,
    coalesce(summaries.minutes, 0) / nullif(active_days.user_days, 0) as per_platform_day
from active_days
left join summaries on active_days.period_start = summaries.period_start
left join views on active_days.period_start = views.period_start
order by active_days.period_start
