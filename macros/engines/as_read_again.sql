{#-
    The `as` of a CTE that several others read. DuckDB would keep its rows, which are all columns of all events: more
    than reading columnar files or tables again takes. Text is parsed once.
-#}

{% macro as_read_again(raw_relation) %}
    {{- adapter.dispatch('as_read_again', 'gsmt')(raw_relation) -}}
{% endmacro %}

{% macro duckdb__as_read_again(raw_relation) -%}
    as{{ ' not materialized' if not reads_seeds() and 'read_csv(' not in raw_relation }}
{%- endmacro %}

{% macro spark__as_read_again(raw_relation) -%}
    as
{%- endmacro %}
