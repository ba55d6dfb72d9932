{#-
    The end of a query whose rows are stored in order of days, so that reading a few days does not read the rest.
    An engine that keeps days in partitions needs no order.
-#}

{% macro in_order_of(day) %}
    {{- adapter.dispatch('in_order_of', 'gsmt')(day) -}}
{% endmacro %}

{% macro duckdb__in_order_of(day) -%}
    order by {{ day }}
{%- endmacro %}

{% macro spark__in_order_of(day) -%}
{%- endmacro %}
