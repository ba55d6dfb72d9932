{#-
    The experiment on Quick Access as it was planned, before anybody looked: who is compared, on what,
    for how long, and what would forbid a launch. Your own log may name it otherwise: var
    quick_access_experiment replaces single entries; for example {id: home_panel_2, planned_days: 14}
-#}

{% macro quick_access_experiment() %}
    {%- set experiment = {
        'id': 'quick_access_home_panel',
        'control': 'control',
        'shares': {'control': 1, 'treatment_quick_access': 1},
        'segments': ['platform', 'country', 'app_version'],
        'planned_days': 63,
        'planned_units': 450,
        'metrics': {
            'manual_searches_per_user': {
                'label': 'manual searches per user',
                'role': 'primary',
                'kind': 'ratio',
                'numerator': 'searches',
                'denominator': 'exposed_days',
                'good_direction': 'down',
                'covariate': 'searches_before',
            },
            'time_to_file_open': {
                'label': 'time to open a commonly used file',
                'role': 'primary',
                'kind': 'ratio',
                'numerator': 'common_open_seconds',
                'denominator': 'common_opens',
                'good_direction': 'down',
            },
            'navigation_actions_per_user': {
                'label': 'navigation before a file is opened',
                'role': 'secondary',
                'kind': 'ratio',
                'numerator': 'navigation_actions_before_open',
                'denominator': 'exposed_days',
                'good_direction': 'down',
                'covariate': 'navigation_actions_before',
            },
            'files_opened_per_user': {
                'label': 'files opened per user',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'files_opened',
                'denominator': 'exposed_days',
                'good_direction': 'up',
                'covariate': 'files_opened_before',
                'margin': 0.2,
            },
            'sessions_per_user': {
                'label': 'sessions per user',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'sessions',
                'denominator': 'exposed_days',
                'good_direction': 'up',
                'covariate': 'sessions_before',
                'margin': 0.2,
            },
        },
    } -%}
    {%- do experiment.update(var('quick_access_experiment', {})) -%}
    {%- do refuse(experiment_problems(experiment, 'quick_access_experiment')) -%}
    {{- return(experiment) -}}
{% endmacro %}


{#- The exposures of the experiment, as the CTE exposures. -#}
{% macro quick_access_exposures() %}
exposures as (

    select
        user_id as unit_id,
        variant,
        exposed_at,
        platform,
        country,
        app_version
    from {{ ref('fct_cloud_storage__experiment_exposures') }}
    where experiment_id = {{ sql_text(quick_access_experiment().id) }}

)
{% endmacro %}


{#- The planned window of these exposures, as the CTE planned_window. -#}
{% macro quick_access_planned_window() %}
planned_window as (

    {{ experiment_window(
        'exposures',
        quick_access_experiment(),
        '(select max(date_day) from ' ~ ref('dim_cloud_storage__dates') ~ ' where is_complete_day)',
    ) | trim | indent(4) }}

)
{% endmacro %}


{#- What its users do, as the CTE actions: one row per step, and another for the time of an open of a common file. -#}
{% macro quick_access_actions() %}
actions as (

    select
        user_id as unit_id,
        acted_at as event_at,
        case when action = 'search' then 1 end as searches,
        case when action = 'navigation' and is_before_open then 1 end as navigation_before_open,
        case when is_session_start then 1 end as session_start,
        case when action = 'open' then 1 end as file_open,
        cast(null as {{ engine_type('double') }}) as common_open_seconds
    from {{ recent(ref('fct_cloud_storage__user_actions')) }}
    union all
    select
        user_id as unit_id,
        opened_at as event_at,
        null as searches,
        null as navigation_before_open,
        null as session_start,
        null as file_open,
        seconds_from_task_start as common_open_seconds
    from {{ recent(ref('fct_cloud_storage__file_opens')) }}
    where is_commonly_used_file

)
{% endmacro %}
