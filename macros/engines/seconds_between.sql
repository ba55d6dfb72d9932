{#- Elapsed seconds from one timestamp to a later one, as a double. -#}

{% macro seconds_between(start_at, end_at) %}
    {{- adapter.dispatch('seconds_between', 'gsmt')(start_at, end_at) -}}
{% endmacro %}

{% macro duckdb__seconds_between(start_at, end_at) -%}
    (epoch({{ end_at }}) - epoch({{ start_at }}))
{%- endmacro %}

{#- In steps that round as DuckDB's epoch() does, so that the engines agree to the last digit. -#}
{% macro spark__seconds_between(start_at, end_at) -%}
    (unix_micros({{ end_at }}) / 1e6 - unix_micros({{ start_at }}) / 1e6)
{%- endmacro %}
