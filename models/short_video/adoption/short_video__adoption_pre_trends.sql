with

study as (

    select * from {{ ref('short_video__adoption_event_study') }}

)

{{ pre_trend_check('study') }}
