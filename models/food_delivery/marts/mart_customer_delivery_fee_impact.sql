with

orders as (

    select
        *,
        case when route_kind = 'batched' then platform_fee_usd end as batched_fee_usd,
        case when route_kind = 'single' then platform_fee_usd end as single_fee_usd
    from {{ recent(ref('fct_food_delivery__orders')) }}

)

{{ metric_by_period(
    rows='orders',
    day='order_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(platform_fee_usd)',
            'denominator': 'count(*)',
        },
        'of_order_value': {
            'numerator': 'sum(platform_fee_usd)',
            'denominator': 'sum(order_value_usd)',
        },
        'batched': {
            'numerator': 'sum(batched_fee_usd)',
            'denominator': 'count(batched_fee_usd)',
        },
        'single': {
            'numerator': 'sum(single_fee_usd)',
            'denominator': 'count(single_fee_usd)',
        },
    },
    requires=[ref('fct_food_delivery__orders')],
) }}
