{#-
    A dimension that keeps what was first has little to learn from a daily build: whom it knew as settled before
    the days that are built again stays as it is. Leaves out the rows of those, told by `key`; `settled_at` is the
    dimension's column with the time that settles one. Nothing is left out where the dimension is built whole.
-#}

{% macro only_unsettled(rows, key, settled_at) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is not none -%}
where
    not exists (
        select 1
        from {{ this }} as settled
        where
            settled.{{ key }} = {{ rows }}.{{ key }}
            and settled.{{ settled_at }} < cast('{{ first_day }}' as date)
    )
    {%- endif -%}
{% endmacro %}
