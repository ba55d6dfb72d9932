{#-
    A table out of rows that were read from the manifest. Text is quoted, none is null; `columns`
    maps each column to its type, so that a table without rows still has its shape.

    rows     list of dicts, one key for each column
    columns  {name: type}
-#}

{% macro catalog_rows(rows, columns) %}
    {%- for row in rows %}
select
        {%- for name, data_type in columns.items() %}
    cast({{ sql_literal(row[name]) }} as {{ engine_type(data_type) }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- else %}
select
        {%- for name, data_type in columns.items() %}
    cast(null as {{ engine_type(data_type) }}) as {{ name }}{{ ',' if not loop.last }}
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
