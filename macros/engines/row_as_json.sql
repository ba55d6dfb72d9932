{#-
    The named columns of a relation's row as one JSON text, so that a rejected row keeps its original content.
    `prefix` is what the relation has before the names.
-#}

{% macro row_as_json(columns, relation, prefix='') %}
    {{- adapter.dispatch('row_as_json', 'gsmt')(columns, relation, prefix) -}}
{% endmacro %}

{% macro duckdb__row_as_json(columns, relation, prefix) %}
    cast(json_object(
        {%- for column in columns %}
        {{ sql_text(column) }}, {{ relation }}.{{ prefix }}{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    ) as varchar)
{%- endmacro %}

{% macro spark__row_as_json(columns, relation, prefix) %}
    to_json(
        named_struct(
        {%- for column in columns %}
            {{ sql_text(column) }}, {{ relation }}.{{ prefix }}{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
        ),
        map('ignoreNullFields', 'false')
    )
{%- endmacro %}
