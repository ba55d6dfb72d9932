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

    select distinct
        sessions.user_id,
        sessions.session_date
    from sessions
    inner join {{ ref('stg_short_video__user_active_session_start') }} as active
        on
            sessions.user_id = active.user_id
            and sessions.session_id = active.session_id

),

active_weeks as (

    select
        cast(date_trunc('week', session_date) as date) as period_start,
        count(*) as user_days
    from active_days
    group by cast(date_trunc('week', session_date) as date)

),

summary_days as (

    select
        sessions.user_id,
        sessions.session_date,
        sum(summaries.total_watch_time_ms_in_reels) as reels_ms,
        count(*) as summaries
    from sessions
    inner join {{ ref('stg_short_video__reel_session_summary') }} as summaries
        on
            sessions.user_id = summaries.user_id
            and sessions.session_id = summaries.session_id
    group by
        sessions.user_id,
        sessions.session_date

),

summary_weeks as (

    select
        cast(date_trunc('week', session_date) as date) as period_start,
        cast(sum(reels_ms) as double) / 60000 as minutes,
        sum(summaries) as summaries,
        count(*) as user_days
    from summary_days
    group by cast(date_trunc('week', session_date) as date)

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

viewer_days as (

    select
        views.user_id,
        cast(views.event_at as date) as view_date,
        sum(watched.watch_ms * views.views_represented) as watch_ms
    from {{ ref('stg_short_video__reel_view_impression') }} as views
    left join watched
        on
            views.view_id = watched.view_id
            and views.user_id = watched.user_id
    where views.session_id is not null
    group by
        views.user_id,
        cast(views.event_at as date)

),

viewer_weeks as (

    select
        cast(date_trunc('week', view_date) as date) as period_start,
        cast(sum(watch_ms) as double) / 60000 as minutes,
        count(*) as user_days
    from viewer_days
    group by cast(date_trunc('week', view_date) as date)

)

select
    active_weeks.period_start,
    summary_weeks.minutes / nullif(summary_weeks.summaries, 0) as value,
    summary_weeks.minutes / nullif(summary_weeks.user_days, 0) as per_active_day,
    viewer_weeks.minutes / nullif(viewer_weeks.user_days, 0) as by_views,
    coalesce(summary_weeks.minutes, 0) / nullif(active_weeks.user_days, 0) as per_platform_day
from active_weeks
left join summary_weeks on active_weeks.period_start = summary_weeks.period_start
left join viewer_weeks on active_weeks.period_start = viewer_weeks.period_start
order by active_weeks.period_start
