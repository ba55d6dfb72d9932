with

sessions as (

    select * from {{ recent(ref('fct_news_feed__sessions')) }}

)

{{ metric_by_period(
    rows='sessions',
    day='session_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(items_counted)',
            'denominator': 'count(items_counted)',
        },
        'impressions': {
            'numerator': 'sum(items_shown)',
            'denominator': 'count(*)',
        },
        'in_view': {
            'numerator': 'sum(items_in_view)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__sessions') ~ ' where has_end'],
) }}
