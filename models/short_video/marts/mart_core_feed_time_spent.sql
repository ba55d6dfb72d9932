with

active_days as (

    select *
    from {{ recent(ref('fct_short_video__user_days')) }}
    where is_platform_active

)

{{ metric_by_period(
    rows='active_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {
            'numerator': 'sum(feed_ms) / 60000',
            'denominator': 'count(case when feed_sessions > 0 then 1 end)',
        },
        'per_active_day': {'numerator': 'sum(feed_ms) / 60000', 'denominator': 'count(*)'},
        'stories_per_active_day': {'numerator': 'sum(stories_viewed)', 'denominator': 'count(*)'},
    },
    requires=[ref('fct_short_video__user_days') ~ ' where feed_sessions > 0'],
) }}
