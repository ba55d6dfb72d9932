with

horizon as (

    {{ event_horizon('streaming', 'playback_start') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
