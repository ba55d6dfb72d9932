with

route_shares as (

    select
        orders.*,
        routes.pay_usd,
        routes.incentive_usd,
        routes.active_hours as route_hours,
        -- What a batch is paid and takes, each of its orders bears by its distance: the farther door costs more.
        orders.solo_km / nullif(routes.solo_km, 0) as route_share
    from {{ recent(ref('fct_food_delivery__orders')) }} as orders
    inner join {{ recent(ref('fct_food_delivery__routes')) }} as routes
        on
            orders.batch_id = routes.batch_id
            and orders.courier_id = routes.courier_id
    where orders.outcome = 'delivered'

)

select
    order_id,
    user_id,
    batch_id,
    courier_id,
    zone,
    meal,
    distance_band,
    preparation_band,
    algorithm_version,
    zone_day,
    placed_at,
    order_date,
    batch_size,
    route_kind,
    delivery_minutes,
    refund_usd,
    cold_food_tickets > 0 as has_cold_food,
    route_share * pay_usd as pay_usd,
    route_share * incentive_usd as incentive_usd,
    route_share * (pay_usd + incentive_usd) + refund_usd as cost_usd,
    route_share * (pay_usd + incentive_usd) + coalesce(tips_usd, 0) as earnings_usd,
    route_share * route_hours as active_hours
from route_shares
{{ in_order_of('order_date') }}
