{#- Four weeks say how busy a user is; longer ago, the user was another. -#}
{%- set recent = 'events.event_at >= ' ~ dbt.dateadd('day', -28, 'units.exposed_at') | trim %}

with

exposures as (

    select
        user_id as unit_id,
        variant,
        exposed_platform as platform,
        exposed_country as country,
        exposed_app_version as app_version,
        exposed_at
    from {{ ref('dim_cloud_storage__users') }}
    where variant is not null

),

complete_days as (

    select * from {{ ref('dim_cloud_storage__dates') }}
    where is_complete_day

),

actions as (

    select
        user_id as unit_id,
        acted_at as event_at,
        action_date,
        case when action = 'search' then 1 end as searches,
        case when action = 'navigation' and is_before_open then 1 end as navigation_before_open,
        case when is_session_start then 1 end as session_start,
        case when action = 'open' then 1 end as file_open,
        cast(null as {{ engine_type('double') }}) as common_open_seconds
    from {{ ref('fct_cloud_storage__user_actions') }}
    union all
    select
        user_id as unit_id,
        opened_at as event_at,
        open_date as action_date,
        null as searches,
        null as navigation_before_open,
        null as session_start,
        null as file_open,
        seconds_from_task_start as common_open_seconds
    from {{ ref('fct_cloud_storage__file_opens') }}
    where is_commonly_used_file

),

complete_actions as (

    select actions.*
    from actions
    inner join complete_days
        on actions.action_date = complete_days.date_day

),

units as (

    {{ experiment_units(
        'exposures',
        'complete_actions',
        values={
            'searches': 'events.searches',
            'navigation_actions_before_open': 'events.navigation_before_open',
            'files_opened': 'events.file_open',
            'sessions': 'events.session_start',
            'common_opens': 'case when events.common_open_seconds is not null then 1 end',
            'common_open_seconds': 'events.common_open_seconds',
        },
        covariates={
            'searches_before': 'case when ' ~ recent ~ ' then events.searches end',
            'navigation_actions_before': 'case when ' ~ recent ~ ' then events.navigation_before_open end',
            'files_opened_before': 'case when ' ~ recent ~ ' then events.file_open end',
            'sessions_before': 'case when ' ~ recent ~ ' then events.session_start end',
        },
        segments=['platform', 'country', 'app_version'],
    ) | trim | indent(4) }}

),

exposed_days as (

    select
        units.unit_id,
        count(*) as exposed_days
    from units
    inner join complete_days
        on complete_days.date_day >= cast(units.exposed_at as date)
    group by units.unit_id

)

-- Who was exposed on the open day alone has no day to be judged on.
select
    units.*,
    exposed_days.exposed_days
from units
inner join exposed_days
    on units.unit_id = exposed_days.unit_id
