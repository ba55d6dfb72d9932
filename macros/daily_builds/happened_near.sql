{#-
    Whether an event happened near the day of what it refers to: at most follow_up_days after it, or on the day
    before, since clocks disagree around midnight. A join between events needs this limit, or one more day of
    events would have to be held against the whole history.
-#}

{% macro happened_near(event_at, day) -%}
    cast({{ event_at }} as date) between
    cast({{ dbt.dateadd('day', -1, day) }} as date)
    and cast({{ dbt.dateadd('day', var('follow_up_days'), day) }} as date)
{%- endmacro %}
