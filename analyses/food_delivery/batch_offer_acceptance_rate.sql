-- question: 9.1.1 Order batching algorithm
-- goal: Couriers earn more in an hour, and take batches of their own will.
-- metric: batch_offer_acceptance_rate, batches accepted / answers, / offers (of_offers), and batches that any courier
--         accepts / batches (of_batches)
-- grain: week
select
    cast(date_trunc('week', offers.event_at) as date) as period_start,
    cast(count(case when responses.response = 'accepted' then 1 end) as double)
    / nullif(count(responses.response), 0) as value,
    -- trap: who does not want a batch lets the offer time out, which is no answer, and no acceptance
    cast(count(case when responses.response = 'accepted' then 1 end) as double) / count(*) as of_offers,
    cast(count(distinct case when responses.response = 'accepted' then offers.batch_id end) as double)
    / count(distinct offers.batch_id) as of_batches
from {{ ref('stg_food_delivery__driver_batch_offer_received') }} as offers
inner join {{ ref('stg_food_delivery__batch_creation_details') }} as batches
    on offers.batch_id = batches.batch_id
left join {{ ref('stg_food_delivery__driver_batch_offer_response') }} as responses
    on offers.offer_id = responses.offer_id
group by cast(date_trunc('week', offers.event_at) as date)
order by period_start
