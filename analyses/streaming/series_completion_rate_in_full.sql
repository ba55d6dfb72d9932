-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: series_completion_rate, starters who have completed more than 80 % of a season by now / starters (value),
--         within 28 days / starters with a view whose 28 days are over (in_time), and starters whose 28 days are not
--         over / starters (pending)
-- trap: who started yesterday has not failed to finish, and a slip of the finger starts a season, too
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

),

starters as (

    select
        viewings.user_id,
        viewings.title_id,
        episodes.season,
        min(viewings.first_started_at) as first_started_at,
        min(viewings.first_viewed_at) as first_viewed_at
    from viewings
    inner join {{ ref('dim_streaming__episodes') }} as episodes
        on viewings.episode_id = episodes.episode_id
    group by
        viewings.user_id,
        viewings.title_id,
        episodes.season

),

progress as (

    select
        starters.user_id,
        starters.title_id,
        starters.season,
        starters.first_started_at,
        starters.first_viewed_at,
        count(*) as released,
        count(viewings.first_completed_at) as completed,
        count(case
            when viewings.first_completed_at < starters.first_started_at + interval '28' day then 1
        end) as completed_in_time
    from starters
    inner join {{ ref('dim_streaming__episodes') }} as episodes
        on
            starters.title_id = episodes.title_id
            and starters.season = episodes.season
            and episodes.released_on < starters.first_started_at + interval '28' day
    left join viewings
        on
            starters.user_id = viewings.user_id
            and episodes.episode_id = viewings.episode_id
    group by
        starters.user_id,
        starters.title_id,
        starters.season,
        starters.first_started_at,
        starters.first_viewed_at

),

judged as (

    select
        cast(date_trunc('week', progress.first_started_at) as date) as period_start,
        100 * progress.completed > 80 * progress.released as is_completed,
        100 * progress.completed_in_time > 80 * progress.released as is_in_time,
        progress.first_viewed_at is not null as has_view,
        cast(progress.first_started_at as date) + interval '28' day < known_until.last_day as is_over
    from progress
    cross join known_until

)

select
    period_start,
    cast(count(case when is_completed then 1 end) as double) / count(*) as value,
    cast(count(case when is_over and has_view and is_in_time then 1 end) as double)
    / nullif(count(case when is_over and has_view then 1 end), 0) as in_time,
    cast(count(case when not is_over then 1 end) as double) / count(*) as pending
from judged
group by period_start
order by period_start
