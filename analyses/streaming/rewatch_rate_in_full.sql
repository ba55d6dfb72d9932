-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: rewatch_rate, users and titles with another start / users and titles with a start (value), users and items
--         begun anew after the end / those viewed (rewatched), and those that go on where they were left / those
--         viewed (resumed)
-- trap: who goes on the next day starts twice, and watches once
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

marked as (

    select
        cast(date_trunc('week', playbacks.started_at) as date) as period_start,
        playbacks.user_id || ' ' || playbacks.title_id as title_viewer,
        case when playbacks.is_view then playbacks.user_id || ' ' || playbacks.item_id end as item_viewer,
        playbacks.start_position_ms > 0 as is_resumed,
        playbacks.started_at > min(playbacks.started_at) over (
            partition by playbacks.user_id, playbacks.title_id
        ) as is_another,
        playbacks.started_at > viewings.first_completed_at
        and 20 * playbacks.start_position_ms < playbacks.total_duration_ms as is_rewatch
    from playbacks
    inner join viewings
        on
            playbacks.user_id = viewings.user_id
            and playbacks.item_id = viewings.item_id

)

select
    period_start,
    cast(count(distinct case when is_another then title_viewer end) as double) / count(distinct title_viewer) as value,
    cast(count(distinct case when is_rewatch then item_viewer end) as double)
    / nullif(count(distinct item_viewer), 0) as rewatched,
    cast(count(distinct case when is_resumed then item_viewer end) as double)
    / nullif(count(distinct item_viewer), 0) as resumed
from marked
group by period_start
order by period_start
