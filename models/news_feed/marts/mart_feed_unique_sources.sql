with

user_weeks as (

    select * from {{ recent(ref('fct_news_feed__user_weeks')) }}

)

{{ metric_by_period(
    rows='user_weeks',
    day='week_start',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(distinct_sources)',
            'denominator': 'count(*)',
        },
        'per_day': {
            'numerator': 'sum(daily_sources)',
            'denominator': 'sum(active_days)',
        },
        'share_reaching_10': {
            'numerator': 'count(case when distinct_sources >= 10 then 1 end)',
            'denominator': 'count(*)',
        },
        'effective': {
            'numerator': 'sum(effective_sources)',
            'denominator': 'count(*)',
        },
        'entropy': {
            'numerator': 'sum(source_entropy)',
            'denominator': 'count(*)',
        },
        'rarefied': {
            'numerator': 'sum(rarefied_sources)',
            'denominator': 'count(rarefied_sources)',
        },
    },
    requires=[ref('fct_news_feed__impressions')],
    grains=['week'],
) }}
