{#-
    A novelty wears off and a habit grows: the same users, week by week since each was first exposed. Four weeks
    are what the last group of the plan has; users who come after it join in.
-#}
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
    where
        variant is not null
        and other_variant_at is null

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

),

user_weeks as (

    select
        unit_id,
        variant,
        cast(floor(day_since_exposure / 7) as {{ engine_type('integer') }}) as week_since_exposure,
        sum(searches) as searches,
        sum(files_opened) as files_opened,
        sum(sessions) as sessions,
        sum(common_opens) as common_opens,
        sum(common_open_seconds) as common_open_seconds
    from user_days
    group by
        unit_id,
        variant,
        week_since_exposure

),

weekly_statistics as (

    {{ sufficient_statistics('user_weeks', {
        'manual_searches_per_user': {'numerator': 'searches / 7'},
        'time_to_file_open': {'numerator': 'common_open_seconds', 'denominator': 'common_opens'},
        'files_opened_per_user': {'numerator': 'files_opened / 7'},
        'sessions_per_user': {'numerator': 'sessions / 7'},
    }, by=keys) | trim | indent(4) }}

),

effects as (

    {{ mean_difference('weekly_statistics', treatment, experiment.control, by=keys) | trim | indent(4) }}

)

select * from effects
