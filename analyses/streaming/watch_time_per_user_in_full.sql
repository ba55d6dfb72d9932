-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: watch_time_per_user, mean over users of logged minutes / active days (value), the same of the user in the
--         middle and at the ninth tenth (p50, p90), and minutes by playbacks / all active days (watched)
-- trap: in the mean over users, who comes once weighs as much as who comes daily
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

logged as (

    select
        starts.user_id,
        cast(date_trunc('week', starts.event_at) as date) as period_start,
        sum(ends.total_watch_time_ms_in_session) as logged_ms
    from {{ ref('stg_streaming__streaming_session_start') }} as starts
    inner join {{ ref('stg_streaming__streaming_session_end') }} as ends
        on
            starts.user_id = ends.user_id
            and starts.session_id = ends.session_id
    group by
        starts.user_id,
        cast(date_trunc('week', starts.event_at) as date)

),

user_weeks as (

    select
        active_days.user_id,
        cast(date_trunc('week', active_days.activity_date) as date) as period_start,
        count(*) as days
    from active_days
    group by
        active_days.user_id,
        cast(date_trunc('week', active_days.activity_date) as date)

),

means as (

    select
        user_weeks.period_start,
        user_weeks.days,
        cast(coalesce(logged.logged_ms, 0) as double) / 60000 / nullif(user_weeks.days, 0) as minutes
    from user_weeks
    left join logged
        on
            user_weeks.user_id = logged.user_id
            and user_weeks.period_start = logged.period_start

),

ranked as (

    select
        *,
        row_number() over (partition by period_start order by minutes) as place,
        count(*) over (partition by period_start) as people
    from means

),

watched_weeks as (

    select
        cast(date_trunc('week', watched_date) as date) as period_start,
        sum(watched_ms) as watched_ms
    from hours
    group by cast(date_trunc('week', watched_date) as date)

)

select
    ranked.period_start,
    avg(ranked.minutes) as value,
    min(case when 2 * ranked.place >= ranked.people then ranked.minutes end) as p50,
    min(case when 10 * ranked.place >= 9 * ranked.people then ranked.minutes end) as p90,
    cast(max(watched_weeks.watched_ms) as double) / 60000 / nullif(sum(ranked.days), 0) as watched
from ranked
left join watched_weeks
    on ranked.period_start = watched_weeks.period_start
group by ranked.period_start
order by ranked.period_start
