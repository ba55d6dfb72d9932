{#- Once a user has been observed for four weeks: what the weeks say does not change any more. -#}
with

exposures as (

    select
        user_id as unit_id,
        variant,
        exposed_at
    from {{ recent(ref('dim_cloud_storage__users'), 'exposed_at') }}
    where variant is not null

),

{{ quick_access_actions() | trim }},

open_day as (

    select cast(max(date_day) as timestamp) as started_at
    from {{ ref('dim_cloud_storage__dates') }}

),

user_days as (

    {{ experiment_unit_days(
        'exposures',
        'actions',
        values={
            'searches': 'events.searches',
            'files_opened': 'events.file_open',
            'sessions': 'events.session_start',
            'common_opens': 'case when events.common_open_seconds is not null then 1 end',
            'common_open_seconds': 'events.common_open_seconds',
        },
        days=28,
        observed_until='(select started_at from open_day)',
    ) | trim | indent(4) }}

)

select
    user_days.unit_id as user_id,
    user_days.variant,
    cast(floor(user_days.day_since_exposure / 7) as {{ engine_type('integer') }}) as week_since_exposure,
    cast({{ dbt.dateadd('day', 28, 'exposures.exposed_at') }} as date) as observed_date,
    sum(user_days.searches) as searches,
    sum(user_days.files_opened) as files_opened,
    sum(user_days.sessions) as sessions,
    sum(user_days.common_opens) as common_opens,
    sum(user_days.common_open_seconds) as common_open_seconds
from user_days
inner join exposures
    on user_days.unit_id = exposures.unit_id
group by
    user_days.unit_id,
    user_days.variant,
    cast(floor(user_days.day_since_exposure / 7) as {{ engine_type('integer') }}),
    cast({{ dbt.dateadd('day', 28, 'exposures.exposed_at') }} as date)
{{ in_order_of('observed_date') }}
