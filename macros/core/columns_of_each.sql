{#- Columns of a select, one for each name: `column` with the name in place of its %s. -#}

{% macro columns_of_each(names, column) %}
    {%- for name in names -%}
        {{ column | replace('%s', name) }}{{ ',\n        ' if not loop.last }}
    {%- endfor %}
{% endmacro %}
