{#- Columns of any name as one value, to carry a row along; packed_row_as_json writes it as row_as_json does. -#}

{% macro packed_row(columns) %}
    {{- adapter.dispatch('packed_row', 'gsmt')(columns) -}}
{% endmacro %}

{% macro duckdb__packed_row(columns) -%}
    struct_pack(
        {%- for column in columns %}
        {{ quoted_name(column) }} := {{ quoted_name(column) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{% macro spark__packed_row(columns) -%}
    named_struct(
        {%- for column in columns %}
        {{ sql_text(column) }}, {{ quoted_name(column) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{% macro packed_row_as_json(packed_row) %}
    {{- adapter.dispatch('packed_row_as_json', 'gsmt')(packed_row) -}}
{% endmacro %}

{% macro duckdb__packed_row_as_json(packed_row) -%}
    cast(to_json({{ packed_row }}) as varchar)
{%- endmacro %}

{% macro spark__packed_row_as_json(packed_row) -%}
    to_json({{ packed_row }}, map('ignoreNullFields', 'false'))
{%- endmacro %}
