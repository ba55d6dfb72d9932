with

requests as (

    select * from {{ recent(ref('stg_ride_sharing__carpool_ride_request'), 'event_at') }}

),

cities as (

    select * from {{ ref('dim_ride_sharing__cities') }}

),

riders as (

    select * from {{ ref('dim_ride_sharing__riders') }}

),

city_clock as (

    {{ city_clock('requests', 'event_at', 'cities') | trim | indent(4) }}

),

-- What followed from requests, whatever it was.
outcomes as (

    select
        request_id,
        event_at,
        'matched' as outcome,
        cast(null as {{ engine_type('string') }}) as outcome_value
    from {{ recent(ref('stg_ride_sharing__carpool_ride_match_success'), 'event_at', linked_days()) }}
    union all
    select
        request_id,
        event_at,
        'not_matched' as outcome,
        reason_code as outcome_value
    from {{ recent(ref('stg_ride_sharing__carpool_ride_match_failure'), 'event_at', linked_days()) }}
    union all
    select
        request_id,
        event_at,
        'cancelled' as outcome,
        stage_of_cancellation as outcome_value
    from {{ recent(ref('stg_ride_sharing__ride_cancellation'), 'event_at', linked_days()) }}
    where request_id is not null
    union all
    select
        request_id,
        event_at,
        'completed' as outcome,
        ride_id as outcome_value
    from {{ recent(ref('stg_ride_sharing__ride_completion'), 'event_at', linked_days()) }}
    where request_id is not null

),

outcomes_of_requests as (

    select
        requests.event_id,
        count(*) filter (where outcomes.outcome = 'matched') as matches,
        min(outcomes.event_at) filter (where outcomes.outcome = 'matched') as first_matched_at,
        count(*) filter (where outcomes.outcome = 'not_matched') as match_failures,
        max_by(outcomes.outcome_value, outcomes.event_at) filter (
            where outcomes.outcome = 'not_matched'
        ) as last_failure_reason,
        bool_or(
            outcomes.outcome = 'cancelled' and outcomes.outcome_value = 'before_match'
        ) as is_cancelled_before_match,
        bool_or(
            outcomes.outcome = 'cancelled' and outcomes.outcome_value = 'after_match_before_pickup'
        ) as is_cancelled_after_match,
        max(outcomes.outcome_value) filter (where outcomes.outcome = 'completed') as ride_id
    from requests
    inner join outcomes
        on
            requests.request_id = outcomes.request_id
            and {{ happened_near('outcomes.event_at', 'requests.event_at') | indent(12) }}
    group by requests.event_id

)

select
    requests.request_id,
    requests.user_id as rider_id,
    requests.event_at as requested_at,
    requests.received_at,
    cast(requests.event_at as date) as request_date,
    coalesce(cities.city, 'unknown') as city,
    {{ pickup_area('requests.origin_lat', 'requests.origin_lon') }} as pickup_area,
    requests.platform,
    {{ user_tenure('cast(requests.event_at as date)', 'riders.new_until') }} as rider_tenure,
    city_clock.time_of_day,
    coalesce(outcomes_of_requests.matches, 0) as matches,
    coalesce(outcomes_of_requests.matches, 0) > 0 as is_matched,
    outcomes_of_requests.first_matched_at,
    coalesce(outcomes_of_requests.match_failures, 0) as match_failures,
    outcomes_of_requests.last_failure_reason,
    coalesce(outcomes_of_requests.is_cancelled_before_match, false) as is_cancelled_before_match,
    coalesce(outcomes_of_requests.is_cancelled_after_match, false) as is_cancelled_after_match,
    outcomes_of_requests.ride_id
from requests
inner join riders
    on requests.user_id = riders.rider_id
left join cities
    on
        requests.origin_lat between cities.min_latitude and cities.max_latitude
        and requests.origin_lon between cities.min_longitude and cities.max_longitude
inner join city_clock
    on
        coalesce(cities.city, 'unknown') = city_clock.city
        and {{ quarter_hour('requests.event_at') }} = city_clock.quarter_at
left join outcomes_of_requests
    on requests.event_id = outcomes_of_requests.event_id
{{ in_order_of('request_date') }}
