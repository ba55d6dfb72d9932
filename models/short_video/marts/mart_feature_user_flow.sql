with

moves as (

    select
        *,
        case when from_feature = 'start' then transitions else 0 end as from_start
    from {{ recent(ref('fct_short_video__feature_moves')) }}

)

{#- Each move has the sessions of its day, so that over several moves these are divided by how many moves there are. -#}
{%- set sessions = 'cast(sum(sessions) as ' ~ engine_type('double') ~ ') / count(distinct feature_move)' %}

{{ metric_by_period(
    rows='moves',
    day='session_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(transitions)', 'denominator': sessions},
        'from_start': {'numerator': 'sum(from_start)', 'denominator': sessions},
    },
    requires=[ref('fct_short_video__feature_moves')],
) }}
