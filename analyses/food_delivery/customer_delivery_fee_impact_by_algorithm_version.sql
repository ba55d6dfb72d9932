-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: customer_delivery_fee_impact by algorithm_version, fees / orders, fees / order value (of_order_value), and
--         fees / orders of those delivered in a batch (batched) and alone (single)
-- grain: week
with handovers as (
    select
        orders.order_id,
        count(*) over (partition by trips.batch_id) as orders_on_route
    from {{ ref('stg_food_delivery__order_placed') }} as orders
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as trips on orders.order_id = trips.order_id
)

select
    placed.algorithm_version,
    cast(date_trunc('week', placed.event_at) as date) as period_start,
    avg(placed.platform_fee_usd) as value,
    sum(placed.platform_fee_usd) / sum(placed.order_value_usd) as of_order_value,
    -- trap: batched orders are near ones, which are cheap: compare versions, whose windows were drawn
    avg(case when handovers.orders_on_route > 1 then placed.platform_fee_usd end) as batched,
    avg(case when handovers.orders_on_route = 1 then placed.platform_fee_usd end) as single
from {{ ref('stg_food_delivery__order_placed') }} as placed
left join handovers on placed.order_id = handovers.order_id
group by placed.algorithm_version, cast(date_trunc('week', placed.event_at) as date)
order by period_start, placed.algorithm_version
