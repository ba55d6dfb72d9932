{#-
    A dimension that keeps what was first learns from a daily build only what happened on the days that are built
    again. Adds to the rows of these, as one more part of a union, what the dimension knew before them: `columns` are
    {name in the union: expression over the dimension}, `first_at` is its column with the time of that first.
    Nothing is added where the dimension is built whole.
-#}

{% macro union_known_firsts(first_at, columns) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is not none %}
union all
select
        {%- for name, expression in columns.items() %}
    {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
from {{ this }}
where {{ first_at }} < cast('{{ first_day }}' as date)
    {%- endif %}
{% endmacro %}
