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
            'numerator': 'sum(topics_engaged)',
            'denominator': 'count(*)',
        },
        'per_engaged_user': {
            'numerator': 'sum(topics_engaged)',
            'denominator': 'count(case when topics_engaged > 0 then 1 end)',
        },
        'of_topics_seen': {
            'numerator': 'sum(topics_engaged)',
            'denominator': 'sum(distinct_topics)',
        },
        'effective_seen': {
            'numerator': 'sum(effective_topics)',
            'denominator': 'count(*)',
        },
        'entropy_seen': {
            'numerator': 'sum(topic_entropy)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__user_weeks') ~ ' where topics_engaged > 0'],
    grains=['week'],
) }}
