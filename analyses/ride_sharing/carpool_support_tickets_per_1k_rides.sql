-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_support_tickets_per_1k_rides, 1,000 * tickets about carpools / carpool rides
-- trap: a ticket without a ride is about no carpool, and joining tickets to completions counts one for every rider
-- note: rides and tickets count on their own day; a ticket may be written days after its ride
-- grain: week
with

rides as (

    select
        ride_id,
        max(event_at) as ended_at
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where ride_type = 'carpool'
    group by ride_id

),

counted as (

    select
        cast(date_trunc('week', ended_at) as date) as period_start,
        1 as rides,
        0 as tickets
    from rides
    union all
    select
        cast(date_trunc('week', event_at) as date) as period_start,
        0 as rides,
        1 as tickets
    from {{ ref('stg_ride_sharing__support_ticket_created') }}
    where ride_id in (select rides.ride_id from rides)

)

select
    period_start,
    cast(1000 * sum(tickets) as double) / nullif(sum(rides), 0) as value
from counted
group by period_start
order by period_start
