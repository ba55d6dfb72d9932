-- question: 9.1.1 Order batching algorithm
-- goal: A batched order comes hardly later than others, warm and right.
-- metric: batched_food_issue_rate, tickets of cold food and wrong items / batched orders (value), batched orders with
--         one / batched orders (orders_affected), and both issues by themselves, of batched orders and of those alone
--         (of_single)
-- trap: the first counts tickets, and who is angry writes twice
-- grain: week
with

deliveries as (

    select
        placed.order_id,
        placed.event_at as placed_at,
        count(*) over (partition by handovers.batch_id) > 1 as is_batched
    from {{ ref('stg_food_delivery__order_placed') }} as placed
    inner join {{ ref('stg_food_delivery__driver_delivery_complete') }} as handovers
        on placed.order_id = handovers.order_id

),

complaints as (

    select
        cast(date_trunc('week', deliveries.placed_at) as date) as period_start,
        deliveries.order_id,
        deliveries.is_batched,
        count(case when tickets.issue_type = 'cold_food' then 1 end) as cold_tickets,
        count(case when tickets.issue_type = 'wrong_item' then 1 end) as wrong_tickets
    from deliveries
    left join {{ ref('stg_food_delivery__customer_support_ticket') }} as tickets
        on
            deliveries.order_id = tickets.order_id
            and cast(tickets.event_at as date) <= cast(deliveries.placed_at as date) + interval '2' day
    group by
        cast(date_trunc('week', deliveries.placed_at) as date),
        deliveries.order_id,
        deliveries.is_batched

)

select
    period_start,
    cast(sum(case when is_batched then cold_tickets + wrong_tickets else 0 end) as double)
    / nullif(count(case when is_batched then 1 end), 0) as value,
    cast(count(case when is_batched and cold_tickets + wrong_tickets > 0 then 1 end) as double)
    / nullif(count(case when is_batched then 1 end), 0) as orders_affected,
    cast(count(case when is_batched and cold_tickets > 0 then 1 end) as double)
    / nullif(count(case when is_batched then 1 end), 0) as cold_food,
    cast(count(case when not is_batched and cold_tickets > 0 then 1 end) as double)
    / nullif(count(case when not is_batched then 1 end), 0) as cold_food_of_single,
    cast(count(case when is_batched and wrong_tickets > 0 then 1 end) as double)
    / nullif(count(case when is_batched then 1 end), 0) as wrong_item,
    cast(count(case when not is_batched and wrong_tickets > 0 then 1 end) as double)
    / nullif(count(case when not is_batched then 1 end), 0) as wrong_item_of_single
from complaints
group by period_start
order by period_start
