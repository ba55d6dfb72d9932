with

plays as (

    select *
    from {{ recent(ref('fct_short_video__plays')) }}

)

{%- set engaged_pairs = 'count(distinct case when furthest_percentage >= 25 then viewer_and_reel end)' %}

{{ metric_by_period(
    rows='plays',
    day='view_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(completions)', 'denominator': engaged_pairs},
        'of_engaged_pairs': {
            'numerator': 'count(distinct case when completions > 0 then viewer_and_reel end)',
            'denominator': engaged_pairs,
        },
        'of_views': {'numerator': 'count(case when completions > 0 then 1 end)', 'denominator': 'count(*)'},
    },
    requires=[ref('fct_short_video__plays') ~ ' where furthest_percentage >= 25'],
) }}
