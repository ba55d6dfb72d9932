with

horizon as (

    {{ event_horizon('short_video', 'user_active_session_start') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
