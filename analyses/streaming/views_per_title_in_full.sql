-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: views_per_title, viewers of each title / titles (value), starts / titles (starts), lengths watched / titles
--         (by_hours), viewers of premieres in their first week / premieres (premiere_viewers), and premieres with more
--         than 50 of them / premieres (premieres_with_enough)
-- trap: a viewer of five episodes is one, a slip is none, and a premiere of this week has not had a week
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

known_until as (

    select cast(max(received_at) as date) as last_day
    from {{ ref('stg_streaming__playback_start') }}

),

premieres as (

    select
        cast(date_trunc('week', titles.premiered_on) as date) as period_start,
        titles.title_id,
        count(distinct playbacks.user_id) as viewers
    from {{ ref('dim_streaming__titles') }} as titles
    cross join known_until
    left join playbacks
        on
            titles.title_id = playbacks.title_id
            and playbacks.is_view
            and cast(playbacks.started_at as date) >= titles.premiered_on
            and cast(playbacks.started_at as date) < titles.first_week_until
    where
        titles.premiered_on >= (
            select min(cast(starts.event_at as date)) from {{ ref('stg_streaming__playback_start') }} as starts
        )
        and titles.first_week_until <= known_until.last_day
    group by
        cast(date_trunc('week', titles.premiered_on) as date),
        titles.title_id

),

premiere_weeks as (

    select
        period_start,
        cast(sum(viewers) as double) / count(*) as premiere_viewers,
        cast(count(case when viewers > 50 then 1 end) as double) / count(*) as premieres_with_enough
    from premieres
    group by period_start

),

view_weeks as (

    select
        cast(date_trunc('week', started_at) as date) as period_start,
        cast(count(distinct case when is_view then user_id || ' ' || title_id end) as double)
        / count(distinct title_id) as value,
        cast(count(*) as double) / count(distinct title_id) as starts,
        sum(cast(watched_ms as double) / nullif(total_duration_ms, 0)) / count(distinct title_id) as by_hours
    from playbacks
    group by cast(date_trunc('week', started_at) as date)

)

select
    view_weeks.period_start,
    view_weeks.value,
    view_weeks.starts,
    view_weeks.by_hours,
    premiere_weeks.premiere_viewers,
    premiere_weeks.premieres_with_enough
from view_weeks
left join premiere_weeks
    on view_weeks.period_start = premiere_weeks.period_start
order by view_weeks.period_start
