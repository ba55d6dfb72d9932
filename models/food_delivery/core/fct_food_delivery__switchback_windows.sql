with

{{ batching_exposures() | trim }},

{{ batching_planned_window() | trim }},

-- An order belongs to the window in which it was placed.
orders as (

    select
        orders.zone as zone_id,
        orders.window_start,
        orders.placed_at as event_at,
        orders.platform_fee_usd,
        deliveries.delivery_minutes,
        deliveries.cost_usd,
        deliveries.earnings_usd,
        deliveries.active_hours,
        case when deliveries.order_id is not null then 1 end as delivered,
        case when orders.outcome = 'undelivered' then 1 end as undelivered,
        case when deliveries.route_kind = 'batched' then 1 end as batched,
        case when deliveries.has_cold_food then 1 end as cold_food
    from {{ ref('fct_food_delivery__orders') }} as orders
    left join {{ ref('fct_food_delivery__deliveries') }} as deliveries
        on
            orders.order_id = deliveries.order_id
            and orders.order_date = deliveries.order_date

),

order_events as (

    select
        *,
        {{ switchback_unit('orders') }} as unit_id
    from orders

),

units as (

    {{ experiment_units(
        'exposures',
        'order_events',
        values={
            'orders': '1',
            'delivered': 'events.delivered',
            'undelivered': 'events.undelivered',
            'batched': 'events.batched',
            'cold_food': 'events.cold_food',
            'delivery_minutes': 'events.delivery_minutes',
            'fee_usd': 'events.platform_fee_usd',
            'cost_usd': 'events.cost_usd',
            'earnings_usd': 'events.earnings_usd',
            'active_hours': 'events.active_hours',
        },
        segments=['zone', 'meal'],
        window='planned_window',
    ) | trim | indent(4) }}

)

select * from units
