{#- All that is wrong with var target_overrides, as a list of sentences. -#}

{% macro check_target_overrides() %}
    {%- set problems = [] -%}
    {%- set known = {} -%}
    {%- for target in declared_targets() -%}
        {%- do known.update({target.id: target}) -%}
    {%- endfor -%}
    {%- for target_id, settings in var('target_overrides').items() -%}
        {%- set place = 'target_overrides.' ~ target_id -%}
        {%- if target_id not in known -%}
            {%- do problems.append(place ~ ' is not a known target; known are ' ~ known.keys() | sort | join(', ')) -%}
        {%- else -%}
            {%- set rule = {'type': 'mapping', 'entries': target_settings(known[target_id].operator)} -%}
            {%- do problems.extend(value_problems(rule, settings, place)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- What may be set otherwise for a target with an operator, declared as settings are. -#}
{% macro target_settings(operator) %}
    {%- set number = {'type': 'number'} -%}
    {{- return([
        dict({'type': 'list', 'length': 2, 'each': number} if operator == 'between' else number, name='threshold'),
        {'name': 'severity', 'type': 'choice', 'allowed': ['error', 'warn']},
        {'name': 'periods', 'type': 'integer', 'minimum': 1, 'maximum': 3660},
        {'name': 'launched_on', 'type': 'day'},
        {'name': 'owner', 'type': 'text'},
    ]) -}}
{% endmacro %}


{% macro declared_targets() %}
    {%- set targets = [] -%}
    {%- for mart in metric_marts() -%}
        {%- do targets.extend(mart.config.meta.gsmt.targets) -%}
    {%- endfor -%}
    {{- return(targets) -}}
{% endmacro %}
