with

answers as (

    select * from {{ recent(ref('fct_news_feed__creator_answers')) }}

)

{{ metric_by_period(
    rows='answers',
    day='survey_date',
    dates=ref('dim_news_feed__dates'),
    statistics={
        'value': {
            'numerator': 'sum(complaints)',
            'denominator': 'sum(answers)',
        },
        'creators_complaining': {
            'numerator': 'count(distinct case when complaints > 0 then creator_id end)',
            'denominator': 'count(distinct creator_id)',
        },
        'response_rate': {
            'numerator': 'sum(answers)',
            'denominator': 'count(*)',
        },
        'reach_fell': {
            'numerator': 'count(case when reach_trend = \'fell\' then 1 end)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_news_feed__creator_answers') ~ ' where answers > 0'],
) }}
