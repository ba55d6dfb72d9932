{#-
    The date dimension of a scenario: one row per day from its first event to the day on which its
    data was last received. `horizon` is a CTE or relation as event_horizon makes it.
    The day of the last receipt is still open, so a period is complete only when it lies between
    the first day and the day before that one.
-#}

{% macro calendar_dates(horizon) %}
    {%- set week_start = dbt.date_trunc('week', 'days.date_day') | trim -%}
    {%- set month_start = dbt.date_trunc('month', 'days.date_day') | trim -%}
    {%- set last_week_day = dbt.dateadd('day', 6, week_start) | trim -%}
    {%- set next_month_start = dbt.dateadd('month', 1, month_start) | trim -%}
select
    days.date_day,
    cast({{ day_of_week('days.date_day') }} as bigint) as day_of_week,
    {{ day_of_week('days.date_day') }} in (6, 7) as is_weekend,
    cast({{ week_start }} as date) as week_start,
    cast({{ month_start }} as date) as month_start,
    days.date_day < horizon.last_day as is_complete_day,
    (
        cast({{ week_start }} as date) >= horizon.first_day
        and cast({{ last_week_day }} as date) < horizon.last_day
    ) as is_complete_week,
    (
        cast({{ month_start }} as date) >= horizon.first_day
        and cast({{ next_month_start }} as date) <= horizon.last_day
    ) as is_complete_month
from (
    {{ days_from_to('first_day', 'last_day', horizon) }}
) as days
cross join {{ horizon }} as horizon
{% endmacro %}
