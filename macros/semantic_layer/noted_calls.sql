{#-
    What a mart asks of the macros of metrics. A mart's code says which rows it counts, on which day, by which
    statistics; scripts.semantic_layer and the views below read it from there, so that nothing is written twice.
-#}

{#- The code of a mart with a note in the place of each metric that it asks for. -#}
{% macro with_noted_calls(code) %}
    {%- set noted = namespace(code=code) -%}
    {%- for name in [
        'metric_by_period', 'rolling_active_users', 'user_distribution', 'durations_by_period',
        'rolling_users_over_month',
    ] -%}
        {%- set noted.code = noted.code | replace(name ~ '(', "noted_call('" ~ name ~ "', ") -%}
    {%- endfor -%}
    {{- return(noted.code) -}}
{% endmacro %}


{#- What the macro was asked, as JSON in a comment, and in place of its rows none. -#}
{% macro noted_call(name) %}
    {%- set asked = {'macro': name, 'arguments': varargs | list} -%}
    {%- for argument, value in kwargs.items() if argument != 'requires' -%}
        {%- do asked.update({argument: value.identifier if argument == 'dates' else value}) -%}
    {%- endfor -%}
/*gsmt {{ tojson(asked) }} gsmt*/
select
    {%- for column in var('mart_columns') %}
    cast(null as {{ engine_type(column.data_type) }}) as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
where 1 = 0
{% endmacro %}


{#-
    The rows that a metric counts, as its mart has them: its common table expressions up to the one that it asks about.

    mart   name of the mart
    rows   the expression
    reads  what the mart reads; dbt has to see these names
    day    its column with the day, where the mart counts the days of its calendar only
    dates  that calendar
-#}
{% macro rows_of_metric(mart, rows, reads, day=none, dates=none) %}
    {%- if execute -%}
        {%- set code = graph.nodes['model.' ~ project_name ~ '.' ~ mart].raw_code -%}
        {%- set parts = render(with_noted_calls(code)).split('/*gsmt ') -%}
        {%- set found = namespace(before=none) -%}
        {%- for part in parts[1:] if found.before is none and fromjson(part.split(' gsmt*/')[0]).rows == rows -%}
            {%- set found.before = parts[:parts.index(part)] | join('/*gsmt ') -%}
        {%- endfor -%}
        {#- Without what was begun: the final select, or the expression that would have held the metric. -#}
        {%- set final_select = '(?m)^select\\b|^ *select \\* from \\(\\s*(?=/\\*gsmt |\\Z)' -%}
        {%- set expressions = modules.re.split(final_select, found.before)[0] -%}
        {%- set begun = ',\\s*(--[^\\n]*\\s*)*\\w+ as \\(\\s*$' -%}
{{ modules.re.sub(begun, '', expressions) | trim }}

select * from {{ rows }}
        {%- if day %}
where {{ day }} in (select date_day from {{ dates }})
        {%- endif %}
    {%- endif -%}
{% endmacro %}
