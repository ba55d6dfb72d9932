-- question: 9.1.1 Order batching algorithm
-- goal: Deliveries take fewer kilometres and less money, and more of them can be made.
-- metric: cost_per_delivery, pay and incentives / orders delivered, the same with refunds (with_refunds), and pay /
--         routes (pay_per_route)
-- trap: the first leaves out refunds, and the last rises with batching, since a batch is more work
-- grain: week
with

refunds as (

    select
        placed.order_id,
        sum(tickets.refund_amount_usd) as refund_usd
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__customer_support_ticket') }} as tickets
        on
            placed.order_id = tickets.order_id
            and cast(tickets.event_at as date) <= cast(placed.event_at as date) + interval '2' day
    group by placed.order_id

),

trips as (

    select
        handovers.batch_id,
        min(placed.event_at) as placed_at,
        count(*) as orders,
        sum(coalesce(refunds.refund_usd, 0)) as refund_usd
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id
    left join refunds
        on placed.order_id = refunds.order_id
    group by handovers.batch_id

)

select
    cast(date_trunc('week', trips.placed_at) as date) as period_start,
    sum(offers.offered_pay_usd + coalesce(offers.incentive_usd, 0)) / sum(trips.orders) as value,
    sum(offers.offered_pay_usd + coalesce(offers.incentive_usd, 0) + trips.refund_usd) / sum(trips.orders)
        as with_refunds,
    sum(offers.offered_pay_usd) / count(*) as pay_per_route
from trips
inner join {{ ref('stg_food_delivery__driver_batch_offer_received') }} as offers
    on trips.batch_id = offers.batch_id
inner join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
    on
        offers.offer_id = responses.offer_id
        and responses.response = 'accepted'
group by cast(date_trunc('week', trips.placed_at) as date)
order by period_start
