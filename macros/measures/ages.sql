{#-
    A query of the ages of a day, from 0 to one less than `days`. Of an active day each age has a later day whose
    trailing window it is in.
-#}

{% macro ages(days) %}
    {%- for age in range(days) %}
    select {{ age }} as age
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}
