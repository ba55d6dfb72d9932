-- question: 1.1.2 Carpool feature performance
-- goal: Riders and drivers stay satisfied when they share a car.
-- metric: carpool_cancellation_rate, cancellations / matches, and matched requests cancelled after a match /
--         matched requests (after_match)
-- trap: the first, which the target is on, is no share: a request cancelled before it matched is not among the matches,
--       so it only ever raises it; the second is the share of riders who leave their match
-- note: matches and cancellations count on their own day, a matched request on the day of the request
-- grain: week
with

matched_requests as (

    select
        requests.request_id,
        requests.event_at,
        max(
            case when cancellations.stage_of_cancellation = 'after_match_before_pickup' then 1 else 0 end
        ) as is_cancelled
    from {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests
    inner join {{ ref('stg_ride_sharing__carpool_ride_match_success') }} as matches
        on requests.request_id = matches.request_id
    left join {{ ref('stg_ride_sharing__ride_cancellation') }} as cancellations
        on requests.request_id = cancellations.request_id
    group by
        requests.request_id,
        requests.event_at

),

counted as (

    select
        matches.event_at,
        1 as matches,
        0 as cancellations,
        0 as matched_requests,
        0 as cancelled_requests
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }} as matches
    inner join {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests
        on matches.request_id = requests.request_id
    union all
    select
        cancellations.event_at,
        0 as matches,
        1 as cancellations,
        0 as matched_requests,
        0 as cancelled_requests
    from {{ ref('stg_ride_sharing__ride_cancellation') }} as cancellations
    inner join {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests
        on cancellations.request_id = requests.request_id
    where cancellations.ride_type = 'carpool'
    union all
    select
        event_at,
        0 as matches,
        0 as cancellations,
        1 as matched_requests,
        is_cancelled as cancelled_requests
    from matched_requests

)

select
    cast(date_trunc('week', event_at) as date) as period_start,
    cast(sum(cancellations) as double) / nullif(sum(matches), 0) as value,
    cast(sum(cancelled_requests) as double) / nullif(sum(matched_requests), 0) as after_match
from counted
group by cast(date_trunc('week', event_at) as date)
order by period_start
