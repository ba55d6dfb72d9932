{#-
    A relation, without the days that an incremental model does not build again and so need not read; all of it
    where the model is built whole. `day` is the column with the day or time, `days_before` how many more days
    the model has to look back from the first one it builds.
-#}

{% macro recent(relation, day, days_before=0) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is none -%}
        {{- relation -}}
    {%- else -%}
        (select * from {{ relation }} where {{ day }} >= cast('{{ days_after(first_day, -days_before) }}' as date))
    {%- endif -%}
{% endmacro %}


{#-
    The condition that a day is one that an incremental model builds again, or one of `days_before` these, after
    `keyword`; nothing where it is built whole.
-#}
{% macro only_rebuilt(keyword, day, days_before=0) %}
    {%- set first_day = rebuilt_from() -%}
    {%- if first_day is not none -%}
        {{ keyword }} {{ day }} >= cast('{{ days_after(first_day, -days_before) }}' as date)
    {%- endif -%}
{% endmacro %}
