{%- set thresholds = streaming_thresholds() %}

with

views as (

    select
        user_id,
        title_id,
        episode_id,
        platform,
        country,
        started_at,
        ended_at,
        playback_date
    from {{ recent(ref('fct_streaming__playbacks')) }}
    where
        is_view
        and episode_id is not null

),

gaps as (

    select
        *,
        lag(ended_at) over (partition by user_id, title_id order by started_at, ended_at) as previous_ended_at
    from views

),

islands as (

    select
        *,
        sum(case
            when {{ seconds_between('previous_ended_at', 'started_at') }} < {{ 60 * thresholds.binge_gap_minutes }}
                then 0
            else 1
        end) over (
            partition by user_id, title_id order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as segment_number
    from gaps

),

segments as (

    select
        user_id,
        title_id as series_id,
        min_by(platform, started_at) as platform,
        min_by(country, started_at) as country,
        min(started_at) as started_at,
        min(playback_date) as segment_date,
        max(ended_at) as ended_at,
        count(distinct episode_id) as episode_count
    from islands
    group by
        user_id,
        title_id,
        segment_number
    having count(distinct episode_id) >= {{ thresholds.binge_episodes }}

),

episodes as (

    select distinct
        segments.user_id,
        segments.series_id,
        segments.started_at,
        views.episode_id
    from segments
    inner join views
        on
            segments.user_id = views.user_id
            and segments.series_id = views.title_id
            and views.started_at between segments.started_at and segments.ended_at

),

lists as (

    select
        user_id,
        series_id,
        started_at,
        {{ joined_texts('episode_id', ', ') }} as episode_ids_list
    from episodes
    group by
        user_id,
        series_id,
        started_at

)

select
    segments.user_id,
    segments.series_id,
    lists.episode_ids_list,
    segments.started_at as start_timestamp,
    segments.ended_at as end_timestamp,
    segments.episode_count,
    segments.segment_date,
    segments.platform,
    segments.country
from segments
inner join lists
    on
        segments.user_id = lists.user_id
        and segments.series_id = lists.series_id
        and segments.started_at = lists.started_at
{{ in_order_of('segment_date') }}
