-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: mileage_per_delivery, kilometres of orders / orders delivered, and kilometres of routes / orders delivered
--         (route_km), and kilometres of routes / dollars earned (per_dollar)
-- trap: the first counts a way that orders of a batch share once for each of them
-- grain: week
with

trips as (

    select
        handovers.batch_id,
        min(placed.event_at) as placed_at,
        count(*) as orders,
        sum(handovers.distance_driven_km_for_order) as order_km,
        max(handovers.route_driven_km) as route_km,
        sum(coalesce(handovers.tips_usd, 0)) as tips_usd
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    group by handovers.batch_id

)

select
    cast(date_trunc('week', trips.placed_at) as date) as period_start,
    sum(trips.order_km) / sum(trips.orders) as value,
    sum(trips.route_km) / sum(trips.orders) as route_km,
    sum(trips.route_km)
    / sum(offers.offered_pay_usd + coalesce(offers.incentive_usd, 0) + trips.tips_usd) as per_dollar
from trips
inner join {{ ref('stg_food_delivery__driver_batch_offer_received') }} as offers
    on trips.batch_id = offers.batch_id
inner join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
    on
        offers.offer_id = responses.offer_id
        and responses.response = 'accepted'
group by cast(date_trunc('week', trips.placed_at) as date)
order by period_start
