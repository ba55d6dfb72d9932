-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: mileage_per_delivery, kilometres of orders / orders delivered, and kilometres of routes / orders delivered
--         (route_km)
-- grain: week
select
    cast(date_trunc('week', placed_at) as date) as period_start,
    sum(order_km) / sum(orders) as value,
    -- trap: orders of a batch share a way, and the way to the restaurant is in none: take the length of the route
    sum(route_km) / sum(orders) as route_km
from (
    select
        min(placed.event_at) as placed_at,
        count(*) as orders,
        sum(trips.distance_driven_km_for_order) as order_km,
        max(trips.route_driven_km) as route_km
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as trips on placed.order_id = trips.order_id
    group by trips.batch_id
) as routes
group by cast(date_trunc('week', placed_at) as date)
order by period_start
