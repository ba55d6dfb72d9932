with

horizon as (

    {{ event_horizon([
        (ref('fct_cloud_storage__user_actions'), 'acted_at'),
    ]) | trim | indent(4) }}

)

{{ calendar_dates('horizon') }}
