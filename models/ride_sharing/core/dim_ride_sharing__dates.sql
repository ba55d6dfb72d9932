with

fact_times as (

    select
        requested_at as happened_at,
        received_at
    from {{ ref('fct_ride_sharing__requests') }}
    union all
    select
        ended_at as happened_at,
        received_at
    from {{ ref('fct_ride_sharing__rides') }}
    union all
    select
        rated_at as happened_at,
        received_at
    from {{ ref('fct_ride_sharing__ratings') }}
    union all
    select
        cancelled_at as happened_at,
        received_at
    from {{ ref('fct_ride_sharing__cancellations') }}
    union all
    select
        created_at as happened_at,
        received_at
    from {{ ref('fct_ride_sharing__tickets') }}

),

horizon as (

    select
        cast(min(happened_at) as date) as first_day,
        cast(max(received_at) as date) as last_day
    from fact_times

)

{{ calendar_dates('horizon') }}
