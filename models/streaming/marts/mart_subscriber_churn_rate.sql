{%- set starters = 'count(case when was_subscribed then 1 end)' %}

with

subscriber_months as (

    select * from {{ ref('fct_streaming__subscriber_months') }}

)

{{ metric_by_period(
    rows='subscriber_months',
    day='month_start',
    dates=ref('dim_streaming__dates'),
    statistics={
        'value': {
            'numerator': 'sum(churn_events)',
            'denominator': starters,
        },
        'of_starters': {
            'numerator': 'count(case when has_left then 1 end)',
            'denominator': starters,
        },
        'net_of_returns': {
            'numerator': 'count(case when was_subscribed and not is_subscribed_after then 1 end)',
            'denominator': starters,
        },
        'by_payment': {
            'numerator': 'count(case when has_left_by_payment then 1 end)',
            'denominator': starters,
        },
        'joined_and_left': {
            'numerator': 'count(case when has_joined_and_left then 1 end)',
            'denominator': 'count(case when has_joined then 1 end)',
        },
        'quick_ratio': {
            'numerator': 'count(case when not was_subscribed and is_subscribed_after then 1 end)',
            'denominator': 'count(case when was_subscribed and not is_subscribed_after then 1 end)',
        },
    },
    requires=[ref('fct_streaming__subscription_spells')],
    grains=['month'],
) }}
