{%- set thresholds = streaming_thresholds() -%}
{%- set integer = engine_type('integer') %}

with

playbacks as (

    select
        *,
        min(started_at) over (partition by user_id, item_id) as first_started_at
    from {{ ref('fct_streaming__playbacks') }}

),

sittings as (

    select
        *,
        started_at < {{ dbt.dateadd('day', thresholds.sitting_days, 'first_started_at') }} as is_in_time
    from playbacks

)

select
    user_id,
    item_id,
    title_id,
    episode_id,
    min_by(kind, started_at) as kind,
    min_by(genre, started_at) as genre,
    min_by(release_cohort, started_at) as release_cohort,
    min_by(flagship, started_at) as flagship,
    min_by(profile_type, started_at) as profile_type,
    min_by(platform, started_at) as platform,
    max(season) as season,
    max(episode_number) as episode_number,
    first_started_at,
    cast(first_started_at as date) as first_started_on,
    max(total_duration_ms) as total_duration_ms,
    count(case when is_in_time then 1 end) as sittings,
    cast(sum(case when is_in_time then watched_ms else 0 end) as {{ integer }}) as watched_ms,
    max(case when is_in_time then furthest_percent end) as furthest_percent,
    min(case when is_view then started_at end) as first_viewed_at,
    min(case when is_completed then ended_at end) as first_completed_at
from sittings
group by
    user_id,
    item_id,
    title_id,
    episode_id,
    first_started_at
