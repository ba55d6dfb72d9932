-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: average_view_duration, minutes of position / stops (value), minutes watched / views (watched), minutes
--         watched by a viewer in 14 days (per_viewer), views with a seek / views (with_seek), and playbacks without a
--         stop / playbacks (without_stop)
-- trap: a position is no time, a crash has no stop, and two sittings are one viewing
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
        end as furthest_percent,
        (
            select count(*)
            from {{ ref('stg_streaming__in_video_interaction') }} as seeks
            where
                seeks.user_id = starts.user_id
                and seeks.playback_id = starts.playback_id
                and seeks.interaction_type = 'seek_forward'
        ) as seeks
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

firsts as (

    select
        *,
        min(started_at) over (partition by user_id, item_id) as first_started_at
    from playbacks

),

viewings as (

    select
        user_id,
        item_id,
        title_id,
        episode_id,
        first_started_at,
        max(total_duration_ms) as total_duration_ms,
        sum(case when started_at < first_started_at + interval '14' day then watched_ms else 0 end) as watched_ms,
        max(case when started_at < first_started_at + interval '14' day then furthest_percent end) as furthest_percent,
        min(case when is_view then started_at end) as first_viewed_at,
        min(case when furthest_percent >= 90 then ended_at end) as first_completed_at
    from firsts
    group by
        user_id,
        item_id,
        title_id,
        episode_id,
        first_started_at

),

viewer_weeks as (

    select
        cast(date_trunc('week', first_started_at) as date) as period_start,
        cast(sum(watched_ms) as double) / 60000 / count(*) as per_viewer
    from viewings
    where watched_ms >= 120000
    group by cast(date_trunc('week', first_started_at) as date)

),

playback_weeks as (

    select
        cast(date_trunc('week', started_at) as date) as period_start,
        cast(sum(position_ms) as double) / 60000 / nullif(count(position_ms), 0) as value,
        cast(sum(case when is_view then watched_ms end) as double) / 60000
        / nullif(count(case when is_view then 1 end), 0) as watched,
        cast(count(case when is_view and seeks > 0 then 1 end) as double)
        / nullif(count(case when is_view then 1 end), 0) as with_seek,
        cast(count(case when position_ms is null then 1 end) as double) / count(*) as without_stop
    from playbacks
    group by cast(date_trunc('week', started_at) as date)

)

select
    playback_weeks.period_start,
    playback_weeks.value,
    playback_weeks.watched,
    playback_weeks.with_seek,
    playback_weeks.without_stop,
    viewer_weeks.per_viewer
from playback_weeks
left join viewer_weeks
    on playback_weeks.period_start = viewer_weeks.period_start
order by playback_weeks.period_start
