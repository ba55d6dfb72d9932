with

viewer_days as (

    select *
    from {{ recent(ref('fct_short_video__user_days')) }}
    where logged_views > 0

)

{{ metric_by_period(
    rows='viewer_days',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(reels_views)', 'denominator': 'count(distinct user_id)'},
        'per_active_day': {'numerator': 'sum(reels_views)', 'denominator': 'count(*)'},
        'engaged': {'numerator': 'sum(engaged_views)', 'denominator': 'count(distinct user_id)'},
    },
    requires=[ref('fct_short_video__user_days') ~ ' where logged_views > 0'],
) }}
