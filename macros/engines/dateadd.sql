{#-
    dbt-spark's own version of dbt.dateadd goes by whole seconds, which loses fractions of a second, and by
    text of many casts, which Spark takes long to plan.
-#}

{% macro spark__dateadd(datepart, interval, from_date_or_timestamp) -%}
    timestampadd({{ datepart }}, {{ interval }}, {{ from_date_or_timestamp }})
{%- endmacro %}
