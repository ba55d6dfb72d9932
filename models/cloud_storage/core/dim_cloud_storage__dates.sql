with

horizon as (

    select
        cast(min(acted_at) as date) as first_day,
        cast(max(received_at) as date) as last_day
    from {{ ref('fct_cloud_storage__user_actions') }}

)

{{ calendar_dates('horizon') }}
