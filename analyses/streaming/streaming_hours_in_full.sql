-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_hours, hours that the ends of sessions add up (value), hours by playbacks (watched), and these /
--         daily active users (per_dau)
-- trap: a session that crashed has no end, and a film over midnight is watched on two days
-- grain: day
with

milestones as (

    select
        user_id,
        playback_id,
        max(event_at) as last_at,
        max(percentage_watched) as furthest_percent,
        max(watched_ms) as watched_ms
    from {{ ref('stg_streaming__playback_completion_milestone') }}
    group by
        user_id,
        playback_id

),

playbacks as (

    select
        starts.user_id,
        starts.playback_id,
        starts.session_id,
        starts.title_id,
        starts.episode_id,
        starts.event_at as started_at,
        starts.start_position_ms,
        starts.total_duration_ms,
        stops.last_watched_position_ms as position_ms,
        coalesce(starts.episode_id, starts.title_id) as item_id,
        coalesce(stops.event_at, milestones.last_at, starts.event_at) as ended_at,
        coalesce(stops.watched_ms, milestones.watched_ms, 0) as watched_ms,
        coalesce(stops.watched_ms, milestones.watched_ms, 0) >= 120000 as is_view,
        case
            when
                100 * coalesce(stops.last_watched_position_ms, starts.start_position_ms)
                < coalesce(milestones.furthest_percent, 0) * starts.total_duration_ms
                then milestones.furthest_percent
            else
                cast(100 * coalesce(stops.last_watched_position_ms, starts.start_position_ms) as double)
                / nullif(starts.total_duration_ms, 0)
        end as furthest_percent
    from {{ ref('stg_streaming__playback_start') }} as starts
    left join {{ ref('stg_streaming__playback_stop_or_abandon') }} as stops
        on
            starts.user_id = stops.user_id
            and starts.playback_id = stops.playback_id
    left join milestones
        on
            starts.user_id = milestones.user_id
            and starts.playback_id = milestones.playback_id

),

hours as (

    -- What lies before midnight is of the day of the start, the rest of the day after.
    select
        user_id,
        cast(started_at as date) as watched_date,
        case
            when cast(ended_at as date) > cast(started_at as date)
                then
                    watched_ms - watched_ms * extract(epoch from ended_at - cast(cast(ended_at as date) as timestamp))
                    / nullif(extract(epoch from ended_at - started_at), 0)
            else watched_ms
        end as watched_ms
    from playbacks
    union all
    select
        user_id,
        cast(ended_at as date) as watched_date,
        watched_ms * extract(epoch from ended_at - cast(cast(ended_at as date) as timestamp))
        / nullif(extract(epoch from ended_at - started_at), 0) as watched_ms
    from playbacks
    where cast(ended_at as date) > cast(started_at as date)

),

session_days as (

    select
        cast(starts.event_at as date) as session_date,
        sum(ends.total_watch_time_ms_in_session) as logged_ms
    from {{ ref('stg_streaming__streaming_session_start') }} as starts
    left join {{ ref('stg_streaming__streaming_session_end') }} as ends
        on
            starts.user_id = ends.user_id
            and starts.session_id = ends.session_id
    group by cast(starts.event_at as date)

),

active_days as (

    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__user_login_success') }}
    union distinct
    select
        user_id,
        cast(event_at as date) as activity_date
    from {{ ref('stg_streaming__streaming_session_start') }}

),

hour_days as (

    select
        watched_date,
        sum(watched_ms) as watched_ms
    from hours
    group by watched_date

)

select
    active_days.activity_date as period_start,
    cast(coalesce(max(session_days.logged_ms), 0) as double) / 3600000 as value,
    cast(coalesce(max(hour_days.watched_ms), 0) as double) / 3600000 as watched,
    cast(coalesce(max(hour_days.watched_ms), 0) as double) / 3600000 / nullif(count(*), 0) as per_dau
from active_days
left join session_days
    on active_days.activity_date = session_days.session_date
left join hour_days
    on active_days.activity_date = hour_days.watched_date
group by active_days.activity_date
order by period_start
