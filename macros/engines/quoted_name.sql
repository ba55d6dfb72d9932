{#- A name as an identifier, whatever characters it has. -#}

{% macro quoted_name(name) %}
    {{- adapter.dispatch('quoted_name', 'gsmt')(name) -}}
{% endmacro %}

{% macro duckdb__quoted_name(name) -%}
    "{{ name | replace('"', '""') }}"
{%- endmacro %}

{% macro spark__quoted_name(name) -%}
    `{{ name | replace('`', '``') }}`
{%- endmacro %}
