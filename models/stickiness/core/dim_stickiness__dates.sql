with

horizon as (

    {{ event_horizon('stickiness', 'user_active_event') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
