with

title_days as (

    select * from {{ recent(ref('fct_streaming__title_days')) }}

)

{{ metric_by_period(
    rows='title_days',
    day='date_day',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'count(distinct case when views > 0 then title_id end)',
            'denominator': 'count(distinct title_id)',
        },
        'on_offer': {
            'numerator': 'count(distinct case when is_on_offer and views > 0 then title_id end)',
            'denominator': 'count(distinct case when is_on_offer then title_id end)',
        },
        'started': {
            'numerator': 'count(distinct case when is_on_offer and starts > 0 then title_id end)',
            'denominator': 'count(distinct case when is_on_offer then title_id end)',
        },
    },
    requires=[ref('fct_streaming__playbacks')],
) }}
