{#-
    The experiment on Quick Access as it was planned, before anybody looked: who is compared, on what,
    for how long, and what would forbid a launch. Your own log may name it otherwise: var
    quick_access_experiment replaces single entries.
-#}

{% macro quick_access_experiment() %}
    {%- set experiment = {
        'id': 'quick_access_home_panel',
        'control': 'control',
        'shares': {'control': 1, 'treatment_quick_access': 1},
        'segments': ['platform', 'country', 'app_version'],
        'planned_days': 28,
        'planned_units': 250,
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
                'margin': 0.15,
            },
            'sessions_per_user': {
                'label': 'sessions per user',
                'role': 'guardrail',
                'kind': 'ratio',
                'numerator': 'sessions',
                'denominator': 'exposed_days',
                'good_direction': 'up',
                'covariate': 'sessions_before',
                'margin': 0.15,
            },
        },
    } -%}
    {%- do experiment.update(var('quick_access_experiment')) -%}
    {{- return(experiment) -}}
{% endmacro %}
