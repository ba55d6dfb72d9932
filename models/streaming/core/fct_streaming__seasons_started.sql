{%- set thresholds = streaming_thresholds() -%}
{%- set in_time = dbt.dateadd('day', thresholds.series_days, 'starts.first_started_at') | trim %}

with

starts as (

    select
        user_id,
        title_id,
        season,
        min(first_started_at) as first_started_at,
        min(first_viewed_at) as first_viewed_at,
        min_by(genre, first_started_at) as genre,
        min_by(release_cohort, first_started_at) as release_cohort,
        min_by(platform, first_started_at) as platform
    from {{ ref('fct_streaming__viewings') }}
    where season is not null
    group by
        user_id,
        title_id,
        season

),

progress as (

    select
        starts.user_id,
        starts.title_id,
        starts.season,
        count(viewings.first_completed_at) as episodes_completed,
        count(case when viewings.first_completed_at < {{ in_time }} then 1 end) as episodes_completed_in_time
    from starts
    inner join {{ ref('fct_streaming__viewings') }} as viewings
        on
            starts.user_id = viewings.user_id
            and starts.title_id = viewings.title_id
            and starts.season = viewings.season
    group by
        starts.user_id,
        starts.title_id,
        starts.season

),

-- What was not out yet, nobody can have seen.
released as (

    select
        starts.user_id,
        starts.title_id,
        starts.season,
        count(*) as episodes_released
    from starts
    inner join {{ ref('dim_streaming__episodes') }} as episodes
        on
            starts.title_id = episodes.title_id
            and starts.season = episodes.season
            and episodes.released_on < {{ in_time }}
    group by
        starts.user_id,
        starts.title_id,
        starts.season

)

select
    starts.user_id,
    starts.title_id,
    starts.season,
    starts.genre,
    starts.release_cohort,
    starts.platform,
    starts.first_started_at,
    cast(starts.first_started_at as date) as first_started_on,
    starts.first_viewed_at,
    released.episodes_released,
    progress.episodes_completed,
    progress.episodes_completed_in_time,
    100 * progress.episodes_completed > {{ thresholds.series_percent }} * released.episodes_released as is_completed,
    100 * progress.episodes_completed_in_time > {{ thresholds.series_percent }} * released.episodes_released
        as is_completed_in_time
from starts
inner join progress
    on
        starts.user_id = progress.user_id
        and starts.title_id = progress.title_id
        and starts.season = progress.season
inner join released
    on
        starts.user_id = released.user_id
        and starts.title_id = released.title_id
        and starts.season = released.season
