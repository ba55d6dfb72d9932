with

audience as (

    select *
    from {{ recent(ref('fct_short_video__content_audience')) }}

)

{{ metric_by_period(
    rows='audience',
    day='created_date',
    dates=ref('dim_short_video__dates'),
    statistics={
        'value': {'numerator': 'count(case when clicks > 0 then 1 end)', 'denominator': 'sum(shared_views)'},
        'per_viewer': {
            'numerator': 'count(case when native_clicks > 0 and shared_views > 0 then 1 end)',
            'denominator': 'count(case when shared_views > 0 then 1 end)',
        },
        'per_view': {'numerator': 'sum(native_clicks)', 'denominator': 'sum(shared_views)'},
    },
    ripe_days=var('follow_up_days'),
    requires=[ref('fct_short_video__content_audience') ~ ' where clicks > 0'],
) }}
