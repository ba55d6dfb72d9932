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
            'numerator': 'sum(negatives)',
            'denominator': 'count(*)',
        },
        'impressions_rejected': {
            'numerator': 'count(case when negatives > 0 then 1 end)',
            'denominator': 'count(*)',
        },
        'users_rejecting': {
            'numerator': 'count(distinct case when negatives > 0 then user_id end)',
            'denominator': 'count(distinct user_id)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where negatives > 0'],
) }}
