{%- set integer = engine_type('integer') %}

with

starts as (

    select
        *,
        cast(event_at as date) as session_date
    from {{ recent(ref('stg_streaming__streaming_session_start')) }}

),

ends as (

    select
        starts.user_id,
        starts.session_id,
        max(events.event_at) as ended_at,
        max(events.total_watch_time_ms_in_session) as logged_watch_ms,
        max(events.titles_watched_count_in_session) as logged_titles
    from {{ recent(ref('stg_streaming__streaming_session_end')) }} as events
    inner join starts
        on
            events.user_id = starts.user_id
            and events.session_id = starts.session_id
            and {{ happened_near('events.event_at', 'starts.session_date') | indent(12) }}
    group by
        starts.user_id,
        starts.session_id

),

watched as (

    select
        starts.user_id,
        starts.session_id,
        count(*) as playbacks,
        sum(playbacks.watched_ms) as watched_ms
    from {{ recent(ref('fct_streaming__playbacks')) }} as playbacks
    inner join starts
        on
            playbacks.user_id = starts.user_id
            and playbacks.session_id = starts.session_id
            and {{ happened_near('playbacks.started_at', 'starts.session_date') | indent(12) }}
    group by
        starts.user_id,
        starts.session_id

)

select
    starts.session_id,
    starts.user_id,
    coalesce(starts.platform, 'unknown') as platform,
    coalesce(starts.country, 'unknown') as country,
    coalesce(starts.device_type, 'unknown') as device_type,
    starts.event_at as started_at,
    starts.session_date,
    ends.ended_at,
    ends.ended_at is not null as has_end,
    ends.logged_watch_ms,
    ends.logged_titles,
    coalesce(watched.playbacks, 0) as playbacks,
    cast(coalesce(watched.watched_ms, 0) as {{ integer }}) as watched_ms
from starts
left join ends
    on
        starts.user_id = ends.user_id
        and starts.session_id = ends.session_id
left join watched
    on
        starts.user_id = watched.user_id
        and starts.session_id = watched.session_id
{{ in_order_of('session_date') }}
