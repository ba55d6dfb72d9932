-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_support_tickets_per_1k_rides, 1,000 * carpool tickets / carpool rides, each on its own day
-- grain: week
with rides as (
    select
        ride_id,
        max(event_at) as counted_at,
        0 as tickets
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id
)

select
    cast(date_trunc('week', counted_at) as date) as period_start,
    cast(1000 * sum(tickets) as double) / nullif(sum(1 - tickets), 0) as value
from (
    select * from rides
    union all
    select
        tickets.ride_id,
        tickets.event_at as counted_at,
        1 as tickets
    from {{ ref('stg_ride_sharing__support_ticket_created') }} as tickets
    inner join rides on tickets.ride_id = rides.ride_id -- trap: joined to completions, one counts for each rider
) as counted
group by cast(date_trunc('week', counted_at) as date)
order by period_start
