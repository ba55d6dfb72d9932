{#- The type of each column of a relation, by name; types as DuckDB names them, since checks compare with those. -#}

{% macro describe_relation(relation) %}
    {{- return(adapter.dispatch('describe_relation', 'gsmt')(relation)) -}}
{% endmacro %}

{% macro duckdb__describe_relation(relation) %}
    {%- set types = {} -%}
    {%- for row in run_query('describe select * from ' ~ relation).rows -%}
        {%- do types.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {{- return(types) -}}
{% endmacro %}

{% macro spark__describe_relation(relation) %}
    {%- set names = {
        'string': 'VARCHAR', 'int': 'INTEGER', 'array<string>': 'VARCHAR[]', 'timestamp_ntz': 'TIMESTAMP',
    } -%}
    {%- set types = {} -%}
    {%- for row in run_query('describe query select * from ' ~ relation).rows -%}
        {%- do types.update({row[0]: names.get(row[1], row[1] | upper)}) -%}
    {%- endfor -%}
    {{- return(types) -}}
{% endmacro %}


{#- The same by the names in lower case: the fields of an event are named so, and engines read a name in any case. -#}
{% macro describe_fields(relation) %}
    {%- set types = {} -%}
    {%- for name, type in describe_relation(relation).items() -%}
        {%- do types.update({name | lower: type}) -%}
    {%- endfor -%}
    {{- return(types) -}}
{% endmacro %}
