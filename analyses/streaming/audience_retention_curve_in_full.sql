-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: audience_retention_curve, viewers who come to each tenth of the length within 14 days / viewers who start
--         (viewers_10 to viewers_100, value for 50), and playbacks that show it / viewers who start (plays_10 to
--         plays_100)
-- trap: who goes on the next day has not left, and a rise of plays is no arrival of viewers
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

curves as (

    select
        viewings.user_id,
        viewings.item_id,
        viewings.first_started_at,
        viewings.furthest_percent,
        count(case
            when
                100 * playbacks.start_position_ms <= 10 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 10
                then 1
        end) as shows_10,
        count(case
            when
                100 * playbacks.start_position_ms <= 20 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 20
                then 1
        end) as shows_20,
        count(case
            when
                100 * playbacks.start_position_ms <= 30 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 30
                then 1
        end) as shows_30,
        count(case
            when
                100 * playbacks.start_position_ms <= 40 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 40
                then 1
        end) as shows_40,
        count(case
            when
                100 * playbacks.start_position_ms <= 50 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 50
                then 1
        end) as shows_50,
        count(case
            when
                100 * playbacks.start_position_ms <= 60 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 60
                then 1
        end) as shows_60,
        count(case
            when
                100 * playbacks.start_position_ms <= 70 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 70
                then 1
        end) as shows_70,
        count(case
            when
                100 * playbacks.start_position_ms <= 80 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 80
                then 1
        end) as shows_80,
        count(case
            when
                100 * playbacks.start_position_ms <= 90 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 90
                then 1
        end) as shows_90,
        count(case
            when
                100 * playbacks.start_position_ms <= 100 * playbacks.total_duration_ms
                and playbacks.furthest_percent >= 100
                then 1
        end) as shows_100
    from viewings
    inner join playbacks
        on
            viewings.user_id = playbacks.user_id
            and viewings.item_id = playbacks.item_id
            and playbacks.started_at < viewings.first_started_at + interval '14' day
    group by
        viewings.user_id,
        viewings.item_id,
        viewings.first_started_at,
        viewings.furthest_percent

)

select
    cast(date_trunc('week', first_started_at) as date) as period_start,
    cast(count(case when furthest_percent >= 50 then 1 end) as double) / count(*) as value,
    cast(count(case when furthest_percent >= 10 then 1 end) as double) / count(*) as viewers_10,
    cast(count(case when furthest_percent >= 20 then 1 end) as double) / count(*) as viewers_20,
    cast(count(case when furthest_percent >= 30 then 1 end) as double) / count(*) as viewers_30,
    cast(count(case when furthest_percent >= 40 then 1 end) as double) / count(*) as viewers_40,
    cast(count(case when furthest_percent >= 50 then 1 end) as double) / count(*) as viewers_50,
    cast(count(case when furthest_percent >= 60 then 1 end) as double) / count(*) as viewers_60,
    cast(count(case when furthest_percent >= 70 then 1 end) as double) / count(*) as viewers_70,
    cast(count(case when furthest_percent >= 80 then 1 end) as double) / count(*) as viewers_80,
    cast(count(case when furthest_percent >= 90 then 1 end) as double) / count(*) as viewers_90,
    cast(count(case when furthest_percent >= 100 then 1 end) as double) / count(*) as viewers_100,
    cast(sum(shows_10) as double) / count(*) as plays_10,
    cast(sum(shows_20) as double) / count(*) as plays_20,
    cast(sum(shows_30) as double) / count(*) as plays_30,
    cast(sum(shows_40) as double) / count(*) as plays_40,
    cast(sum(shows_50) as double) / count(*) as plays_50,
    cast(sum(shows_60) as double) / count(*) as plays_60,
    cast(sum(shows_70) as double) / count(*) as plays_70,
    cast(sum(shows_80) as double) / count(*) as plays_80,
    cast(sum(shows_90) as double) / count(*) as plays_90,
    cast(sum(shows_100) as double) / count(*) as plays_100
from curves
group by cast(date_trunc('week', first_started_at) as date)
order by period_start
