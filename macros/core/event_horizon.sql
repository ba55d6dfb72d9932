{#-
    A query of one row: first_day, on which the first event of some facts happened, and last_day, on which
    their data was last received. What calendar_dates starts from.

    happened_at  a list of (relation, its column with when it happened); each has received_at, too
-#}

{% macro event_horizon(happened_at) %}
select
    cast(min(happened_at) as date) as first_day,
    cast(max(received_at) as date) as last_day
from (
    {%- for relation, column in happened_at %}
    select
        {{ column }} as happened_at,
        received_at
    from {{ relation }}
    {{- ' union all' if not loop.last }}
    {%- endfor %}
) as fact_times
{% endmacro %}
