with

routes as (

    select *
    from {{ recent(ref('fct_food_delivery__routes')) }}

)

{{ metric_by_period(
    rows='routes',
    day='route_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(pay_usd + incentive_usd)',
            'denominator': 'sum(orders)',
        },
        'with_refunds': {
            'numerator': 'sum(pay_usd + incentive_usd + refund_usd)',
            'denominator': 'sum(orders)',
        },
        'pay_per_route': {
            'numerator': 'sum(pay_usd)',
            'denominator': 'count(*)',
        },
    },
    requires=[ref('fct_food_delivery__routes') ~ ' where pay_usd > 0'],
) }}
