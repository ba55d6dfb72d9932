{#- peak or off_peak on the city's own clock: 07-10 and 16-19 on weekdays. UTC would call a morning in Austin noon. -#}

{% macro time_of_day(utc_timestamp, time_zone) -%}
    {%- set local_at = local_time(utc_timestamp, time_zone) -%}
    case
        when {{ day_of_week(local_at) }} > 5 then 'off_peak'
        when extract(hour from {{ local_at }}) in (7, 8, 9, 16, 17, 18) then 'peak'
        else 'off_peak'
    end
{%- endmacro %}
