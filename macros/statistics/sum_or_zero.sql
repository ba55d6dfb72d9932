{#- The sum of an expression over the rows that meet a condition, as a double; zero if there are none. -#}

{% macro sum_or_zero(condition, expression) -%}
    cast(coalesce(sum(case when {{ condition }} then {{ expression }} end), 0) as {{ engine_type('double') }})
{%- endmacro %}
