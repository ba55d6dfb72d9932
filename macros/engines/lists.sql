{#- Number of elements of a list; null for a null list. -#}

{% macro list_length(list) %}
    {{- adapter.dispatch('list_length', 'gsmt')(list) -}}
{% endmacro %}

{% macro duckdb__list_length(list) -%}
    len({{ list }})
{%- endmacro %}

{#- Not size(), which says -1 of a null list. -#}
{% macro spark__list_length(list) -%}
    cast(array_size({{ list }}) as bigint)
{%- endmacro %}


{#- The elements of a list as one text, separated by commas. -#}

{% macro list_as_text(list) %}
    {{- adapter.dispatch('list_as_text', 'gsmt')(list) -}}
{% endmacro %}

{% macro duckdb__list_as_text(list) -%}
    array_to_string({{ list }}, ', ')
{%- endmacro %}

{% macro spark__list_as_text(list) -%}
    array_join({{ list }}, ', ')
{%- endmacro %}


{#- The elements of a list, in a select: one row for each; none for an empty or a null list. -#}

{% macro list_elements(list) %}
    {{- adapter.dispatch('list_elements', 'gsmt')(list) -}}
{% endmacro %}

{% macro duckdb__list_elements(list) -%}
    unnest({{ list }})
{%- endmacro %}

{% macro spark__list_elements(list) -%}
    explode({{ list }})
{%- endmacro %}
