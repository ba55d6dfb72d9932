{#-
    A query of the time of day in every city for each quarter of an hour in which something happened: one row for
    city and quarter_at. Changing one time zone into another is slow, so it is done once a quarter and not once an
    event; no zone's offset is finer.

    rows, at  a relation of events and its timestamp
    cities    the cities with their time zones
-#}

{% macro city_clock(rows, at, cities) %}
select
    cities.city,
    quarters.quarter_at,
    {{ time_of_day('quarters.quarter_at', 'cities.time_zone') | trim | indent(4) }} as time_of_day
from (
    select distinct {{ quarter_hour(at) }} as quarter_at
    from {{ rows }}
) as quarters
cross join {{ cities }} as cities
{% endmacro %}


{#- The beginning of the quarter of an hour that a timestamp lies in. -#}
{% macro quarter_hour(timestamp) -%}
    {{ dbt.dateadd(
        'minute',
        '15 * cast(floor(extract(minute from ' ~ timestamp ~ ') / 15) as integer)',
        dbt.date_trunc('hour', timestamp),
    ) | trim }}
{%- endmacro %}
