{#- Elapsed seconds from one timestamp to a later one, as a double. -#}

{% macro seconds_between(start_at, end_at) %}
    {{- adapter.dispatch('seconds_between', 'gsmt')(start_at, end_at) -}}
{% endmacro %}

{% macro duckdb__seconds_between(start_at, end_at) -%}
    (epoch({{ end_at }}) - epoch({{ start_at }}))
{%- endmacro %}
