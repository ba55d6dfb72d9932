{#- ISO day of the week: Monday is 1, Sunday is 7. -#}

{% macro day_of_week(date_or_timestamp) %}
    {{- adapter.dispatch('day_of_week', 'gsmt')(date_or_timestamp) -}}
{% endmacro %}

{% macro duckdb__day_of_week(date_or_timestamp) -%}
    extract(isodow from {{ date_or_timestamp }})
{%- endmacro %}

{% macro spark__day_of_week(date_or_timestamp) -%}
    extract(dayofweek_iso from {{ date_or_timestamp }})
{%- endmacro %}
