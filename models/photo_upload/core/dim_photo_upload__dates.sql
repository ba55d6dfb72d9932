with

horizon as (

    {{ event_horizon('photo_upload', 'upload_flow_initiated') | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
