-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: streaming_session_duration, minutes that the ends of sessions say / sessions with an end (value), minutes by
--         playbacks / sessions (watched), their median and the ninth tenth (p50, p90), sessions with watching /
--         sessions (with_watching), and without an end / sessions (end_missing)
-- trap: what crashed has no end, and was being watched
-- grain: week
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

played as (

    select
        user_id,
        session_id,
        sum(watched_ms) as watched_ms
    from playbacks
    group by
        user_id,
        session_id

),

sessions as (

    select
        cast(date_trunc('week', starts.event_at) as date) as period_start,
        starts.event_id,
        ends.total_watch_time_ms_in_session as logged_ms,
        coalesce(played.watched_ms, 0) as watched_ms
    from {{ ref('stg_streaming__streaming_session_start') }} as starts
    left join {{ ref('stg_streaming__streaming_session_end') }} as ends
        on
            starts.user_id = ends.user_id
            and starts.session_id = ends.session_id
    left join played
        on
            starts.user_id = played.user_id
            and starts.session_id = played.session_id

),

ranked as (

    select
        *,
        row_number() over (partition by period_start order by watched_ms) as place,
        count(*) over (partition by period_start) as sessions
    from sessions

)

select
    period_start,
    cast(sum(logged_ms) as double) / 60000 / nullif(count(logged_ms), 0) as value,
    cast(sum(watched_ms) as double) / 60000 / count(*) as watched,
    cast(count(case when watched_ms > 0 then 1 end) as double) / count(*) as with_watching,
    cast(count(case when logged_ms is null then 1 end) as double) / count(*) as end_missing,
    min(case when 2 * place >= sessions then cast(watched_ms as double) / 60000 end) as p50,
    min(case when 10 * place >= 9 * sessions then cast(watched_ms as double) / 60000 end) as p90
from ranked
group by period_start
order by period_start
