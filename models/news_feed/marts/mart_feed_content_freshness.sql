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
            'numerator': 'sum(age_hours)',
            'denominator': 'count(*)',
        },
        'within_24_hours': {
            'numerator': 'count(case when age_hours < 24 then 1 end)',
            'denominator': 'count(*)',
        },
        'within_a_week': {
            'numerator': 'count(case when age_hours < 168 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__impressions')],
) }}
