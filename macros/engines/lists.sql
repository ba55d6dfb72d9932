{#- Number of elements of a list; null for a null list. -#}

{% macro list_length(list) %}
    {{- adapter.dispatch('list_length', 'gsmt')(list) -}}
{% endmacro %}

{% macro duckdb__list_length(list) -%}
    len({{ list }})
{%- endmacro %}


{#- The elements of a list as one text, separated by commas. -#}

{% macro list_as_text(list) %}
    {{- adapter.dispatch('list_as_text', 'gsmt')(list) -}}
{% endmacro %}

{% macro duckdb__list_as_text(list) -%}
    array_to_string({{ list }}, ', ')
{%- endmacro %}
