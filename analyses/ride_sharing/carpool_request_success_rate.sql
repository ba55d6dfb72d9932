-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_request_success_rate, matches / requests, and requests matched at least once / requests
-- trap: a request whose driver drops out matches again, so the first, which the target is on, can pass 1; the second
--       counts each request once
-- grain: week
with

matches as (

    select
        request_id,
        count(*) as matches
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }}
    group by request_id

),

requests as (

    select
        requests.request_id,
        cast(date_trunc('week', requests.event_at) as date) as period_start,
        coalesce(matches.matches, 0) as matches
    from {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests
    left join matches
        on requests.request_id = matches.request_id

)

select
    period_start,
    cast(sum(matches) as double) / count(*) as value,
    cast(count(case when matches > 0 then 1 end) as double) / count(*) as matched_requests
from requests
group by period_start
order by period_start
