with

impressions as (

    select * from {{ recent(ref('fct_news_feed__impressions')) }}

)

{{ metric_by_period(
    rows='impressions',
    day='impression_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(dwell_ms) / 1000e0',
            'denominator': 'count(dwell_ms)',
        },
        'all_in_view': {
            'numerator': 'sum(on_screen_ms) / 1000e0',
            'denominator': 'count(on_screen_ms)',
        },
        'share_over_threshold': {
            'numerator': 'count(dwell_ms)',
            'denominator': 'count(case when is_in_view or dwell_ms is not null then 1 end)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where dwell_ms is not null'],
) }}
