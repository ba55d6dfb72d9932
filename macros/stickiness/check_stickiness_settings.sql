{#- What a type cannot say of the settings of stickiness, as a list of sentences. -#}

{% macro check_stickiness_settings() %}
    {%- set problems = [] -%}
    {%- set thresholds = stickiness_thresholds() -%}
    {%- if thresholds.core_active_days >= thresholds.power_active_days -%}
        {%- do problems.append(
            'stickiness_thresholds.core_active_days: ' ~ thresholds.core_active_days
            ~ ' is not below power_active_days, so that nobody is a core user'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
