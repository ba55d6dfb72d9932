-- question: 3.1.1 Streaming engagement at platform, user and video level
-- goal: Single users find what is worth watching, in variety, and make a habit of it.
-- metric: watchlist_engagement, titles viewed from the list / additions of the same days (value), additions viewed
--         within 28 days / additions whose 28 days are over (converted), and additions of titles viewed before /
--         additions (watched_before)
-- trap: a title found by search was watched all the same; one watched before did not convert
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
        starts.source,
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

additions as (

    select
        additions.event_id,
        additions.event_at as added_at,
        max(case when playbacks.started_at <= additions.event_at then 1 else 0 end) as was_watched,
        min(case when playbacks.started_at > additions.event_at then playbacks.started_at end) as watched_at
    from {{ ref('stg_streaming__watchlist_add_remove') }} as additions
    left join playbacks
        on
            additions.user_id = playbacks.user_id
            and additions.title_id = playbacks.title_id
            and playbacks.is_view
    where additions.action = 'add'
    group by
        additions.event_id,
        additions.event_at

),

added as (

    select
        cast(date_trunc('week', additions.added_at) as date) as period_start,
        count(*) as additions,
        sum(additions.was_watched) as watched_before,
        count(case
            when
                additions.was_watched = 0
                and cast(additions.added_at as date) + interval '28' day < known_until.last_day
                then 1
        end) as judged,
        count(case
            when
                additions.was_watched = 0
                and cast(additions.added_at as date) + interval '28' day < known_until.last_day
                and additions.watched_at < additions.added_at + interval '28' day
                then 1
        end) as converted
    from additions
    cross join known_until
    group by cast(date_trunc('week', additions.added_at) as date)

),

viewed as (

    select
        cast(date_trunc('week', started_at) as date) as period_start,
        count(distinct user_id || ' ' || title_id) as titles
    from playbacks
    where
        source = 'watchlist'
        and is_view
    group by cast(date_trunc('week', started_at) as date)

)

select
    added.period_start,
    cast(coalesce(viewed.titles, 0) as double) / nullif(added.additions, 0) as value,
    cast(added.converted as double) / nullif(added.judged, 0) as converted,
    cast(added.watched_before as double) / nullif(added.additions, 0) as watched_before
from added
left join viewed
    on added.period_start = viewed.period_start
order by added.period_start
