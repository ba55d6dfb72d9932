{#-
    Columns of any name as one value, to carry a row along, and that as JSON text, so that a row in the quarantine keeps
    its original content. `raw_types` has the type of each, text where it has none.
-#}

{% macro packed_row(columns, raw_types={}) %}
    {{- adapter.dispatch('packed_row', 'gsmt')(columns, raw_types) -}}
{% endmacro %}

{% macro duckdb__packed_row(columns, raw_types) -%}
    {
        {%- for column in columns %}
        {%- set value = quoted_name(column) | trim %}
        {{ sql_text(column) }}: {{ value_in_json(value, raw_types.get(column, '')) }}{{ ',' if not loop.last }}
        {%- endfor %}
    }
{%- endmacro %}

{% macro spark__packed_row(columns, raw_types) -%}
    named_struct(
        {%- for column in columns %}
        {{ sql_text(column) }}, {{ quoted_name(column) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#- JSON has no nan and no infinity, and DuckDB would write them all the same. Where there can be some, they are text. -#}
{% macro value_in_json(value, raw_type) %}
    {%- if raw_type | upper in ['FLOAT', 'DOUBLE'] -%}
        {{- return('case when isfinite(' ~ value ~ ') then to_json(' ~ value ~ ') else to_json(cast(' ~ value
            ~ ' as varchar)) end') -}}
    {%- elif modules.re.search('FLOAT|DOUBLE', raw_type | upper) -%}
        {{- return('cast(' ~ value ~ ' as varchar)') -}}
    {%- endif -%}
    {{- return(value) -}}
{% endmacro %}


{#- Without what is null: a column that only other files have is not one of this row. -#}
{% macro packed_row_as_json(packed_row) %}
    {{- adapter.dispatch('packed_row_as_json', 'gsmt')(packed_row) -}}
{% endmacro %}

{% macro duckdb__packed_row_as_json(packed_row) -%}
    cast(json_merge_patch('{}', to_json({{ packed_row }})) as varchar)
{%- endmacro %}

{% macro spark__packed_row_as_json(packed_row) -%}
    to_json({{ packed_row }})
{%- endmacro %}
