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
            'numerator': 'sum(orders)',
            'denominator': 'sum(active_hours)',
        },
        'by_order_time': {
            'numerator': 'sum(orders)',
            'denominator': 'sum(order_hours)',
        },
    },
    requires=[ref('fct_food_delivery__routes')],
) }}
