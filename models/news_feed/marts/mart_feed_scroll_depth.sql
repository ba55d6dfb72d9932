with

sessions as (

    select
        *,
        1e0 * scroll_depth_pixels / viewport_height_pixels as screens
    from {{ recent(ref('fct_news_feed__sessions')) }}

)

{{ metric_by_period(
    rows='sessions',
    day='session_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(scroll_depth_pixels)',
            'denominator': 'count(case when has_scroll then 1 end)',
        },
        'all_sessions': {
            'numerator': 'sum(scroll_depth_pixels)',
            'denominator': 'count(*)',
        },
        'screens': {
            'numerator': 'sum(screens)',
            'denominator': 'count(screens)',
        },
    },
    requires=[ref('fct_news_feed__sessions') ~ ' where has_scroll'],
) }}
