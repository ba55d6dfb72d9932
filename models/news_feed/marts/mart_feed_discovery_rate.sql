with

impressions as (

    select *
    from {{ recent(ref('fct_news_feed__impressions')) }}
    where is_discovery is not null

)

{{ metric_by_period(
    rows='impressions',
    day='impression_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when is_discovery then 1 end)',
            'denominator': 'count(*)',
        },
        'new_topic': {
            'numerator': 'count(case when is_new_topic then 1 end)',
            'denominator': 'count(*)',
        },
        'discoveries_liked': {
            'numerator': 'count(case when is_discovery and positives > 0 then 1 end)',
            'denominator': 'count(case when is_discovery then 1 end)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where is_discovery is not null'],
) }}
