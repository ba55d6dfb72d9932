with

zone_windows as (

    select *
    from {{ recent(ref('fct_food_delivery__zone_windows')) }}

)

{{ metric_by_period(
    rows='zone_windows',
    day='window_date',
    dates=ref('dim_food_delivery__dates'),
    statistics={
        'value': {
            'numerator': 'sum(deliveries)',
            'denominator': 'sum(zone_hours)',
        },
        'per_courier_hour': {
            'numerator': 'sum(deliveries)',
            'denominator': 'sum(online_hours)',
        },
        'undelivered': {
            'numerator': 'sum(undelivered_orders)',
            'denominator': 'sum(deliveries + undelivered_orders)',
        },
    },
    requires=[
        ref('fct_food_delivery__zone_windows') ~ ' where deliveries > 0',
        ref('fct_food_delivery__courier_sessions'),
    ],
) }}
