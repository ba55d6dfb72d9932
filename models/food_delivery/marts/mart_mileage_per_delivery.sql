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
            'numerator': 'sum(order_km)',
            'denominator': 'sum(orders)',
        },
        'route_km': {
            'numerator': 'sum(route_km)',
            'denominator': 'sum(orders)',
        },
        'per_dollar': {
            'numerator': 'sum(route_km)',
            'denominator': 'sum(pay_usd + incentive_usd + tips_usd)',
        },
    },
    requires=[ref('fct_food_delivery__routes')],
) }}
