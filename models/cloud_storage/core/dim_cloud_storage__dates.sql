with

horizon as (

    {{ event_horizon('cloud_storage', 'file_opened') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
