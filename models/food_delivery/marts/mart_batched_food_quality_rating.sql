with

delivered_orders as (

    select
        *,
        case when route_kind = 'batched' then food_quality_rating end as batched_rating,
        case when route_kind = 'single' then food_quality_rating end as single_rating,
        case when route_kind = 'batched' then 1 else 0 end as batched
    from {{ ref('fct_food_delivery__orders') }}
    where
        outcome = 'delivered'
        and route_kind is not null

)

{{ metric_by_period(
    rows='delivered_orders',
    day='order_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(batched_rating)',
            'denominator': 'count(batched_rating)',
        },
        'low_ratings': {
            'numerator': 'count(case when batched_rating <= 2 then 1 end)',
            'denominator': 'count(batched_rating)',
        },
        'response_rate': {
            'numerator': 'count(batched_rating)',
            'denominator': 'sum(batched)',
        },
        'of_single': {
            'numerator': 'sum(single_rating)',
            'denominator': 'count(single_rating)',
        },
    },
    requires=[ref('fct_food_delivery__orders') ~ ' where food_quality_rating is not null'],
    ripe_days=ticket_days(),
) }}
