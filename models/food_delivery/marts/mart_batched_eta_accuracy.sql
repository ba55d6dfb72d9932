with

batched_orders as (

    select
        *,
        case when minutes_late > 5 then 1 else 0 end as is_late
    from {{ recent(ref('fct_food_delivery__orders')) }}
    where
        outcome = 'delivered'
        and route_kind = 'batched'

)

{%- set requires = [ref('fct_food_delivery__orders') ~ " where route_kind = 'batched'"] %}

select * from (
    {{ metric_by_period(
        rows='batched_orders',
        day='order_date',
        dates=ref('dim_food_delivery__dates'),
        statistics={
            'value': {
                'numerator': 'sum(minutes_late)',
                'denominator': 'count(minutes_late)',
            },
            'absolute': {
                'numerator': 'sum(abs(minutes_late))',
                'denominator': 'count(minutes_late)',
            },
            'late_5_minutes': {
                'numerator': 'sum(is_late)',
                'denominator': 'count(minutes_late)',
            },
            'by_last_promise': {
                'numerator': 'sum(abs(minutes_after_last_promise))',
                'denominator': 'count(minutes_after_last_promise)',
            },
        },
        requires=requires,
    ) | trim | indent(4) }}
) as means
union all
select * from (
    {{ durations_by_period(
        rows='batched_orders',
        duration='minutes_late',
        is_done='true',
        day='order_date',
        dates=ref('dim_food_delivery__dates'),
        statistics={'p90': {'level': 0.9, 'of': 'done'}},
        requires=requires,
    ) | trim | indent(4) }}
) as percentiles
