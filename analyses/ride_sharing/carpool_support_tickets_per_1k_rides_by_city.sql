-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_support_tickets_per_1k_rides by city, 1,000 * carpool tickets / carpool rides, each on its own day
-- grain: week
-- reads: the fact of rides, which has one row for each
with counted as (
    select
        city,
        ride_date as counted_on,
        0 as tickets
    from {{ ref('fct_ride_sharing__rides') }}
    where ride_type = 'carpool'
    union all
    select
        rides.city,
        cast(tickets.event_at as date) as counted_on,
        1 as tickets
    from {{ ref('stg_ride_sharing__support_ticket_created') }} as tickets
    -- trap: joined to completions, a ticket counts once for each rider; and it lies on its own day, not the ride's
    inner join {{ ref('fct_ride_sharing__rides') }} as rides on tickets.ride_id = rides.ride_id
    where rides.ride_type = 'carpool'
)

select
    city,
    cast(date_trunc('week', counted_on) as date) as period_start,
    cast(1000 * sum(tickets) as double) / nullif(sum(1 - tickets), 0) as value
from counted
group by city, cast(date_trunc('week', counted_on) as date)
order by period_start, city
