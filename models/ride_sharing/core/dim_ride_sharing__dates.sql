with

horizon as (

    {{ event_horizon([
        (ref('fct_ride_sharing__requests'), 'requested_at'),
        (ref('fct_ride_sharing__rides'), 'ended_at'),
        (ref('fct_ride_sharing__ratings'), 'rated_at'),
        (ref('fct_ride_sharing__cancellations'), 'cancelled_at'),
        (ref('fct_ride_sharing__tickets'), 'created_at'),
    ]) | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
