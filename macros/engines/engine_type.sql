{#- The engine's name for one of the project's types: string, integer, double, boolean, date, timestamp, string[]. -#}

{% macro engine_type(data_type) %}
    {{- adapter.dispatch('engine_type', 'gsmt')(data_type) -}}
{% endmacro %}

{% macro duckdb__engine_type(data_type) %}
    {{- {'string': 'varchar', 'integer': 'bigint', 'string[]': 'varchar[]'}.get(data_type, data_type) -}}
{% endmacro %}

{% macro spark__engine_type(data_type) %}
    {{- {'integer': 'bigint', 'string[]': 'array<string>'}.get(data_type, data_type) -}}
{% endmacro %}
