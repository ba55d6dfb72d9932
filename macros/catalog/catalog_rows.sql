{#-
    A table out of rows that were read from the manifest. Text is quoted, none is null; the columns and their types are
    those that the model's YAML declares, so that a table without rows still has its shape.

    rows   list of dicts, one key for each column
    model  name of the model
-#}

{% macro catalog_rows(rows, model) %}
    {%- set columns = graph.nodes['model.' ~ project_name ~ '.' ~ model].columns.values() if execute else [] -%}
    {%- for row in rows %}
select
        {%- for column in columns %}
    cast({{ sql_literal(row[column.name]) }} as {{ engine_type(column.data_type) }}) as {{ column.name }}
            {{- ',' if not loop.last }}
        {%- endfor %}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- else %}
select
        {%- for column in columns %}
    cast(null as {{ engine_type(column.data_type) }}) as {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
where 1 = 0
    {%- endfor %}
{% endmacro %}


{% macro sql_literal(value) -%}
    {%- if value is none -%}
        null
    {%- elif value is number -%}
        {{ value }}
    {%- else -%}
        {#- A newline inside a description is layout, not content. -#}
        {{ sql_text((value | string).split() | join(' ')) }}
    {%- endif -%}
{%- endmacro %}
