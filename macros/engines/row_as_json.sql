{#- The named columns of a relation's row as one JSON text, so that a rejected row keeps its original content. -#}

{% macro row_as_json(columns, relation) %}
    {{- adapter.dispatch('row_as_json', 'gsmt')(columns, relation) -}}
{% endmacro %}

{% macro duckdb__row_as_json(columns, relation) %}
    cast(json_object(
        {%- for column in columns %}
        '{{ column }}', {{ relation }}.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    ) as varchar)
{%- endmacro %}
