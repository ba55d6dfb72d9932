{#- A window function: the number of a row in its relation, from 1, in the order in which the engine reads it. -#}

{% macro row_position() %}
    {{- adapter.dispatch('row_position', 'gsmt')() -}}
{% endmacro %}

{% macro duckdb__row_position() -%}
    row_number() over ()
{%- endmacro %}

{#- Spark numbers only what is ordered; the order of one file is kept, that of several is Spark's own. -#}
{% macro spark__row_position() -%}
    row_number() over (order by monotonically_increasing_id())
{%- endmacro %}
