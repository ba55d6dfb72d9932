with

-- A rematch counts its attempts from the first one, which may lie on an earlier day.
matches as (

    select * from {{ recent(ref('stg_ride_sharing__carpool_ride_match_success'), 'event_at', linked_days()) }}

),

requests as (

    select * from {{ recent(ref('fct_ride_sharing__requests'), 'request_date', 2 * linked_days()) }}

),

answers as (

    select
        matches.event_id as match_id,
        matches.request_id,
        matches.driver_id,
        matches.event_at as matched_at,
        cast(matches.event_at as date) as match_date,
        cast(row_number() over (
            partition by matches.request_id, requests.request_date order by matches.event_at, matches.event_id
        ) as {{ engine_type('integer') }}) as attempt,
        {{ list_length('matches.matched_user_ids_list') }} as matched_riders,
        matches.initial_eta_seconds,
        requests.city,
        requests.platform,
        requests.rider_tenure,
        requests.time_of_day
    from matches
    inner join requests
        on
            matches.request_id = requests.request_id
            and {{ happened_near('matches.event_at', 'requests.request_date') | indent(12) }}

)

select *
from answers
{{ only_rebuilt('where', 'match_date') }}
{{ in_order_of('match_date') }}
