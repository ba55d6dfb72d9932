with

user_days as (

    select *
    from {{ recent(ref('fct_short_video__user_days')) }}

)

{%- set viewer_days = 'count(case when reels_summaries > 0 then 1 end)' %}

{{ metric_by_period(
    rows='user_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(reels_ms) / 60000', 'denominator': 'sum(reels_summaries)'},
        'per_active_day': {'numerator': 'sum(reels_ms) / 60000', 'denominator': viewer_days},
        'by_views': {
            'numerator': 'sum(watch_ms) / 60000',
            'denominator': 'count(case when logged_views > 0 then 1 end)',
        },
        'per_platform_day': {
            'numerator': 'sum(reels_ms) / 60000',
            'denominator': 'count(case when is_platform_active then 1 end)',
        },
    },
    requires=[ref('fct_short_video__user_days') ~ ' where reels_summaries > 0'],
) }}
