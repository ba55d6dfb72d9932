{#- All that is wrong with the vars of daily builds, as a list of sentences. -#}
{% macro check_daily_builds() %}
    {%- set problems = [] -%}
    {%- for name in ['late_days', 'follow_up_days', 'ahead_days'] if var(name) is not integer or var(name) < 0 -%}
        {%- do problems.append(name ~ ': ' ~ tojson(var(name)) ~ ' is not a whole number of at least 0') -%}
    {%- endfor -%}
    {%- for name in ['rebuild_from', 'built_on']
        if var(name) is not none and not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', var(name) | string) -%}
        {%- do problems.append(name ~ ": '" ~ var(name) ~ "' is not a day, as 2026-01-31 is") -%}
    {%- endfor -%}
    {%- if var('changed_days') not in ['error', 'warn'] -%}
        {%- do problems.append('changed_days: ' ~ tojson(var('changed_days')) ~ ' is not one of error, warn') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
