with

requests as (

    select * from {{ ref('stg_ride_sharing__carpool_ride_request') }}

),

cities as (

    select * from {{ ref('dim_ride_sharing__cities') }}

),

riders as (

    select * from {{ ref('dim_ride_sharing__riders') }}

),

matches as (

    select
        request_id,
        count(*) as matches,
        min(event_at) as first_matched_at
    from {{ ref('stg_ride_sharing__carpool_ride_match_success') }}
    group by request_id

),

failures as (

    select
        request_id,
        count(*) as match_failures,
        max_by(reason_code, event_at) as last_failure_reason
    from {{ ref('stg_ride_sharing__carpool_ride_match_failure') }}
    group by request_id

),

cancellations as (

    select
        request_id,
        bool_or(stage_of_cancellation = 'before_match') as is_cancelled_before_match,
        bool_or(stage_of_cancellation = 'after_match_before_pickup') as is_cancelled_after_match
    from {{ ref('stg_ride_sharing__ride_cancellation') }}
    where request_id is not null
    group by request_id

),

completions as (

    select
        request_id,
        max(ride_id) as ride_id
    from {{ ref('stg_ride_sharing__ride_completion') }}
    where request_id is not null
    group by request_id

)

select
    requests.request_id,
    requests.user_id as rider_id,
    requests.event_at as requested_at,
    requests.received_at,
    cast(requests.event_at as date) as request_date,
    coalesce(cities.city, 'unknown') as city,
    requests.platform,
    {{ user_tenure('cast(requests.event_at as date)', 'riders.new_until') }} as rider_tenure,
    {{ time_of_day('requests.event_at', "coalesce(cities.time_zone, 'UTC')") }} as time_of_day,
    coalesce(matches.matches, 0) as matches,
    coalesce(matches.matches, 0) > 0 as is_matched,
    matches.first_matched_at,
    coalesce(failures.match_failures, 0) as match_failures,
    failures.last_failure_reason,
    coalesce(cancellations.is_cancelled_before_match, false) as is_cancelled_before_match,
    coalesce(cancellations.is_cancelled_after_match, false) as is_cancelled_after_match,
    completions.ride_id
from requests
inner join riders
    on requests.user_id = riders.rider_id
left join cities
    on
        requests.origin_lat between cities.min_latitude and cities.max_latitude
        and requests.origin_lon between cities.min_longitude and cities.max_longitude
left join matches
    on requests.request_id = matches.request_id
left join failures
    on requests.request_id = failures.request_id
left join cancellations
    on requests.request_id = cancellations.request_id
left join completions
    on requests.request_id = completions.request_id
