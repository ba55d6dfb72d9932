{#-
    Whether so many days have passed since a date, by the last complete day: what happens in them is known then.
    Originals have follow_up_days.
-#}

{% macro has_had_its_time(since, days=none) -%}
    {%- set days = var('follow_up_days') if days is none else days -%}
    {{ since }} <= (
        select cast({{ dbt.dateadd('day', -days, 'max(dates.date_day)') }} as date)
        from {{ ref('dim_short_video__dates') }} as dates
        where dates.is_complete_day
    )
{%- endmacro %}
