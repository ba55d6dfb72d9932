with

batched_routes as (

    select *
    from {{ recent(ref('fct_food_delivery__routes')) }}
    where route_kind = 'batched'

)

{{ metric_by_period(
    rows='batched_routes',
    day='route_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(carrying_minutes)',
            'denominator': 'count(*)',
        },
        'per_delivery': {
            'numerator': 'sum(carrying_minutes)',
            'denominator': 'sum(orders)',
        },
        'active_per_delivery': {
            'numerator': '60 * sum(active_hours)',
            'denominator': 'sum(orders)',
        },
    },
    requires=[ref('fct_food_delivery__routes') ~ " where route_kind = 'batched'"],
) }}
