select
    matches.event_id as match_id,
    matches.request_id,
    matches.driver_id,
    matches.event_at as matched_at,
    cast(matches.event_at as date) as match_date,
    row_number() over (
        partition by matches.request_id order by matches.event_at, matches.event_id
    ) as attempt,
    {{ list_length('matches.matched_user_ids_list') }} as matched_riders,
    matches.initial_eta_seconds,
    requests.city,
    requests.platform,
    requests.rider_tenure,
    requests.time_of_day
from {{ ref('stg_ride_sharing__carpool_ride_match_success') }} as matches
inner join {{ ref('fct_ride_sharing__requests') }} as requests
    on matches.request_id = requests.request_id
