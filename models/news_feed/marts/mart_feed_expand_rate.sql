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
            'numerator': 'sum(expands)',
            'denominator': 'count(case when is_contractable then 1 end)',
        },
        'of_all_impressions': {
            'numerator': 'sum(expands)',
            'denominator': 'count(*)',
        },
        'contractable': {
            'numerator': 'count(case when is_contractable then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where expands > 0'],
) }}
