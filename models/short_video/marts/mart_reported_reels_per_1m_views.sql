with

views_and_reports as (

    select
        view_date as activity_date,
        platform,
        country,
        cast(views_represented as {{ engine_type('double') }}) / 1000000 as million_views,
        0 as reports,
        0 as reports_sent,
        cast(null as {{ engine_type('string') }}) as reported_reel
    from {{ recent(ref('fct_short_video__plays')) }}
    union all
    select
        report_date as activity_date,
        platform,
        country,
        0 as million_views,
        1 as reports,
        reports as reports_sent,
        reel_id as reported_reel
    from {{ recent(ref('fct_short_video__reports')) }}

)

{{ metric_by_period(
    rows='views_and_reports',
    day='activity_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'sum(reports_sent)', 'denominator': 'sum(million_views)'},
        'reporters': {'numerator': 'sum(reports)', 'denominator': 'sum(million_views)'},
        'reels_reported': {'numerator': 'count(distinct reported_reel)', 'denominator': 'sum(million_views)'},
    },
    requires=[ref('fct_short_video__plays'), ref('fct_short_video__reports')],
) }}
