-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: How well each title draws viewers and keeps them is known.
-- metric: series_hook_rate, starters of the first episode who have completed it by now / starters (value), and viewers
--         of it who complete it within 7 days / viewers whose 7 days are over (in_time)
-- trap: a slip is no start, and who started yesterday has not left
-- grain: cohort
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

known_until as (

    select cast(max(received_at) as date) as last_day
    from {{ ref('stg_streaming__playback_start') }}

)

select
    cast(date_trunc('week', viewings.first_started_at) as date) as period_start,
    cast(count(viewings.first_completed_at) as double) / count(*) as value,
    cast(count(case
        when
            viewings.first_viewed_at is not null
            and cast(viewings.first_started_at as date) + interval '7' day < known_until.last_day
            and viewings.first_completed_at < viewings.first_started_at + interval '7' day
            then 1
    end) as double) / nullif(count(case
        when
            viewings.first_viewed_at is not null
            and cast(viewings.first_started_at as date) + interval '7' day < known_until.last_day
            then 1
    end), 0) as in_time
from viewings
cross join known_until
inner join {{ ref('dim_streaming__episodes') }} as episodes
    on viewings.episode_id = episodes.episode_id
where episodes.episode_number = 1
group by cast(date_trunc('week', viewings.first_started_at) as date)
order by period_start
