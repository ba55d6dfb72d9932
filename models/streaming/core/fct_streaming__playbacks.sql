{%- set thresholds = streaming_thresholds() -%}
{%- set double = engine_type('double') %}

with

starts as (

    select
        *,
        cast(event_at as date) as playback_date
    from {{ recent(ref('stg_streaming__playback_start')) }}

),

stops as (

    select
        starts.user_id,
        starts.playback_id,
        max(events.event_at) as stopped_at,
        max(events.last_watched_position_ms) as last_position_ms,
        max(events.watched_ms) as watched_ms
    from {{ recent(ref('stg_streaming__playback_stop_or_abandon')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.playback_id = starts.playback_id
            and {{ happened_near('events.event_at', 'starts.playback_date') | indent(12) }}
    group by
        starts.user_id,
        starts.playback_id

),

milestones as (

    select
        starts.user_id,
        starts.playback_id,
        max(events.event_at) as last_milestone_at,
        max(events.percentage_watched) as furthest_percent,
        max(events.watched_ms) as watched_ms
    from {{ recent(ref('stg_streaming__playback_completion_milestone')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.playback_id = starts.playback_id
            and {{ happened_near('events.event_at', 'starts.playback_date') | indent(12) }}
    group by
        starts.user_id,
        starts.playback_id

),

interactions as (

    select
        starts.user_id,
        starts.playback_id,
        count(case when events.interaction_type = 'pause' then 1 end) as pauses,
        count(case when events.interaction_type = 'seek_forward' then 1 end) as seeks_forward,
        count(case when events.interaction_type = 'skip_intro' then 1 end) as intros_skipped
    from {{ recent(ref('stg_streaming__in_video_interaction')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.playback_id = starts.playback_id
            and {{ happened_near('events.event_at', 'starts.playback_date') | indent(12) }}
    group by
        starts.user_id,
        starts.playback_id

),

-- What is known of a playback without a stop is what its last milestone says.
measured as (

    select
        starts.*,
        stops.last_position_ms,
        stops.stopped_at is not null as has_stop,
        coalesce(stops.stopped_at, milestones.last_milestone_at, starts.event_at) as ended_at,
        coalesce(stops.watched_ms, milestones.watched_ms, 0) as watched_ms,
        coalesce(milestones.furthest_percent, 0) as milestone_percent,
        100e0 * coalesce(stops.last_position_ms, starts.start_position_ms, 0) / starts.total_duration_ms
            as position_percent
    from starts
    left join stops
        on
            starts.user_id = stops.user_id
            and starts.playback_id = stops.playback_id
    left join milestones
        on
            starts.user_id = milestones.user_id
            and starts.playback_id = milestones.playback_id

)

select
    measured.playback_id,
    measured.user_id,
    measured.session_id,
    measured.title_id,
    measured.episode_id,
    coalesce(measured.episode_id, measured.title_id) as item_id,
    coalesce(titles.kind, case when measured.episode_id is null then 'film' else 'series' end) as kind,
    coalesce(titles.genre, 'unknown') as genre,
    case
        when titles.title_id is null then 'unknown'
        when measured.playback_date < titles.new_until then 'new'
        else 'library'
    end as release_cohort,
    case
        when measured.playback_date < titles.first_week_until then measured.title_id
        else 'catalogue'
    end as premiere,
    episodes.season,
    episodes.episode_number,
    case when titles.is_flagship and measured.playback_date < titles.new_until then 'new flagship' else 'other' end
        as flagship,
    coalesce(measured.profile_type, 'unknown') as profile_type,
    coalesce(measured.source, 'unknown') as source,
    coalesce(measured.platform, 'unknown') as platform,
    coalesce(measured.country, 'unknown') as country,
    measured.event_at as started_at,
    measured.playback_date,
    measured.ended_at,
    coalesce(measured.start_position_ms, 0) as start_position_ms,
    measured.total_duration_ms,
    measured.has_stop,
    measured.last_position_ms,
    least(100e0, case
        when measured.milestone_percent > measured.position_percent then measured.milestone_percent
        else measured.position_percent
    end) as furthest_percent,
    measured.watched_ms,
    case
        when cast(measured.ended_at as date) > measured.playback_date
            then measured.watched_ms * {{ seconds_between(
                'cast(cast(measured.ended_at as date) as timestamp)', 'measured.ended_at'
            ) }} / {{ seconds_between('measured.event_at', 'measured.ended_at') }}
        else cast(0 as {{ double }})
    end as watched_ms_after_midnight,
    measured.watched_ms >= 1000 * {{ thresholds.view_seconds }} as is_view,
    case
        when measured.milestone_percent > measured.position_percent then measured.milestone_percent
        else measured.position_percent
    end >= {{ thresholds.completed_percent }} as is_completed,
    coalesce(interactions.pauses, 0) as pauses,
    coalesce(interactions.seeks_forward, 0) as seeks_forward,
    coalesce(interactions.intros_skipped, 0) as intros_skipped
from measured
left join interactions
    on
        measured.user_id = interactions.user_id
        and measured.playback_id = interactions.playback_id
left join {{ ref('dim_streaming__titles') }} as titles
    on measured.title_id = titles.title_id
left join {{ ref('dim_streaming__episodes') }} as episodes
    on measured.episode_id = episodes.episode_id
{{ in_order_of('playback_date') }}
