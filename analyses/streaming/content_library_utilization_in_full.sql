-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: The base of subscribers is healthy, grows, and watches regularly.
-- metric: content_library_utilization, titles with a view / titles ever in the catalogue (value), titles on offer with
--         a view / titles on offer in the week (on_offer), and with a start (started)
-- trap: what is not on offer cannot be watched, and a title removed yesterday was on offer the day before
-- note: somebody plays something every day; where that is not so, take the days from a calendar table
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

days as (

    select distinct cast(event_at as date) as date_day
    from {{ ref('stg_streaming__playback_start') }}

),

title_days as (

    select
        days.date_day,
        titles.title_id,
        case
            when
                titles.added_on <= days.date_day
                and (titles.removed_on is null or days.date_day < titles.removed_on)
                then titles.title_id
        end as offered
    from days
    cross join {{ ref('dim_streaming__titles') }} as titles

),

used as (

    select
        title_days.date_day,
        title_days.title_id,
        title_days.offered,
        count(playbacks.playback_id) as starts,
        count(case when playbacks.is_view then 1 end) as views
    from title_days
    left join playbacks
        on
            title_days.title_id = playbacks.title_id
            and title_days.date_day = cast(playbacks.started_at as date)
    group by
        title_days.date_day,
        title_days.title_id,
        title_days.offered

)

select
    cast(date_trunc('week', date_day) as date) as period_start,
    cast(count(distinct case when views > 0 then title_id end) as double) / count(distinct title_id) as value,
    cast(count(distinct case when views > 0 then offered end) as double) / nullif(count(distinct offered), 0)
        as on_offer,
    cast(count(distinct case when starts > 0 then offered end) as double) / nullif(count(distinct offered), 0)
        as started
from used
group by cast(date_trunc('week', date_day) as date)
order by period_start
