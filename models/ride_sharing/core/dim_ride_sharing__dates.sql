with

horizon as (

    {{ event_horizon('ride_sharing', 'ride_completion') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
