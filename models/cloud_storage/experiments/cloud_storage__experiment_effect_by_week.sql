{#- A novelty wears off and a habit grows: the same users, week by week since each was first exposed. -#}
{%- set experiment = quick_access_experiment() %}
{%- set treatment = experiment.shares | reject('equalto', experiment.control) | first %}
{%- set keys = ['week_since_exposure'] %}

with

exposures as (

    select
        user_id as unit_id,
        variant,
        exposed_at
    from {{ ref('dim_cloud_storage__users') }}
    where variant is not null

),

actions as (

    select
        user_id as unit_id,
        acted_at as event_at,
        case when action = 'search' then 1 end as searches,
        case when action = 'open' then 1 end as file_open,
        case when is_session_start then 1 end as session_start
    from {{ ref('fct_cloud_storage__user_actions') }}

),

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
        },
        days=experiment.planned_days,
        observed_until='(select started_at from open_day)',
    ) | trim | indent(4) }}

),

user_weeks as (

    select
        unit_id,
        variant,
        cast(floor(day_since_exposure / 7) as {{ engine_type('integer') }}) as week_since_exposure,
        sum(searches) as searches,
        sum(files_opened) as files_opened,
        sum(sessions) as sessions
    from user_days
    group by
        unit_id,
        variant,
        week_since_exposure

),

weekly_statistics as (

    {{ sufficient_statistics('user_weeks', {
        'manual_searches_per_user': {'numerator': 'searches / 7'},
        'files_opened_per_user': {'numerator': 'files_opened / 7'},
        'sessions_per_user': {'numerator': 'sessions / 7'},
    }, by=keys) | trim | indent(4) }}

),

effects as (

    {{ mean_difference('weekly_statistics', treatment, experiment.control, by=keys) | trim | indent(4) }}

)

select * from effects
