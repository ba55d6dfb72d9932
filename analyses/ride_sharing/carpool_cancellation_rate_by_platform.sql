-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_cancellation_rate by platform, carpool cancellations / matches, each on its own day
-- grain: week
with counted as (
    select
        request_id,
        event_at,
        0 as cancellations
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }}
    union all
    -- trap: who cancels before the match counts here and not among the matches, so that this can pass 1
    select
        request_id,
        event_at,
        1 as cancellations
    from {{ ref('stg_ride_sharing__ride_cancellation') }}
    where ride_type = 'carpool'
)

select
    requests.platform,
    cast(date_trunc('week', counted.event_at) as date) as period_start,
    cast(sum(counted.cancellations) as double) / nullif(sum(1 - counted.cancellations), 0) as value
from counted
inner join {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests on counted.request_id = requests.request_id
group by requests.platform, cast(date_trunc('week', counted.event_at) as date)
order by period_start, requests.platform
