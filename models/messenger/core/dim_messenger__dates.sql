with

horizon as (

    {{ event_horizon('messenger', 'message_sent') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
