{%- set thresholds = streaming_thresholds() -%}
{%- set integer = engine_type('integer') %}

with

tenths as (

    {%- for percent in range(0, 101, 10) %}
        select {{ percent }} as percent
        {{ 'union all' if not loop.last }}
    {%- endfor %}

),

viewers as (

    select
        viewings.title_id,
        viewings.first_started_on,
        tenths.percent,
        count(*) as starters,
        count(case when viewings.furthest_percent >= tenths.percent then 1 end) as viewers
    from {{ ref('fct_streaming__viewings') }} as viewings
    cross join tenths
    group by
        viewings.title_id,
        viewings.first_started_on,
        tenths.percent

),

plays as (

    select
        viewings.title_id,
        viewings.first_started_on,
        tenths.percent,
        -- Each playback shows what lies between its start and its end, so a rewatched scene counts again.
        count(case
            when
                100 * playbacks.start_position_ms <= tenths.percent * playbacks.total_duration_ms
                and tenths.percent <= playbacks.furthest_percent
                then 1
        end) as plays
    from {{ ref('fct_streaming__viewings') }} as viewings
    inner join {{ ref('fct_streaming__playbacks') }} as playbacks
        on
            viewings.user_id = playbacks.user_id
            and viewings.item_id = playbacks.item_id
            and playbacks.started_at
            < {{ dbt.dateadd('day', thresholds.sitting_days, 'viewings.first_started_at') }}
    cross join tenths
    group by
        viewings.title_id,
        viewings.first_started_on,
        tenths.percent

)

select
    viewers.title_id,
    viewers.first_started_on,
    cast(viewers.percent as {{ integer }}) as percent,
    coalesce(titles.kind, 'unknown') as kind,
    coalesce(titles.genre, 'unknown') as genre,
    viewers.starters,
    viewers.viewers,
    plays.plays
from viewers
inner join plays
    on
        viewers.title_id = plays.title_id
        and viewers.first_started_on = plays.first_started_on
        and viewers.percent = plays.percent
left join {{ ref('dim_streaming__titles') }} as titles
    on viewers.title_id = titles.title_id
