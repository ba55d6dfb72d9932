with

orders as (

    select
        *,
        outcome = 'delivered' as is_delivered,
        coalesce(route_kind = 'batched', false) as is_batched
    from {{ recent(ref('fct_food_delivery__orders')) }}

)

{{ metric_by_period(
    rows='orders',
    day='order_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'count(case when was_to_be_batched then 1 end)',
            'denominator': 'count(*)',
        },
        'of_eligible': {
            'numerator': 'count(case when is_eligible and is_delivered and is_batched then 1 end)',
            'denominator': 'count(case when is_eligible and is_delivered then 1 end)',
        },
        'of_delivered': {
            'numerator': 'count(case when is_delivered and is_batched then 1 end)',
            'denominator': 'count(case when is_delivered then 1 end)',
        },
    },
    requires=[ref('fct_food_delivery__orders') ~ ' where batch_id is not null'],
) }}
