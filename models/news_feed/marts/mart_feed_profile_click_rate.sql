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
            'numerator': 'sum(profile_clicks)',
            'denominator': 'count(*)',
        },
        'in_view': {
            'numerator': 'sum(case when is_in_view then profile_clicks else 0 end)',
            'denominator': 'count(case when is_in_view then 1 end)',
        },
        'impressions_clicked': {
            'numerator': 'count(case when profile_clicks > 0 then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__impressions') ~ ' where profile_clicks > 0'],
) }}
