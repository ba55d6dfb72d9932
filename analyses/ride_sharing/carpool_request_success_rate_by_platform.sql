-- question: 1.1.2 Carpool feature performance
-- goal: As many riders as possible take up carpool and use it regularly.
-- metric: carpool_request_success_rate by platform, matches / requests, and requests matched at least once / requests
--         (matched_requests)
-- grain: week
with matches as (
    select
        request_id,
        count(*) as matches
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }}
    group by request_id
)

select
    requests.platform,
    cast(date_trunc('week', requests.event_at) as date) as period_start,
    -- trap: a request whose driver drops out matches again, so this can pass 1, and the next cannot
    cast(coalesce(sum(matches.matches), 0) as double) / count(*) as value,
    cast(count(matches.request_id) as double) / count(*) as matched_requests
from {{ ref('stg_ride_sharing__carpool_ride_request') }} as requests
left join matches
    on requests.request_id = matches.request_id
group by requests.platform, cast(date_trunc('week', requests.event_at) as date)
order by period_start, requests.platform
