{#- Local clock time of a UTC timestamp in a named time zone ('Europe/Lisbon'). -#}

{% macro local_time(utc_timestamp, time_zone) %}
    {{- adapter.dispatch('local_time', 'gsmt')(utc_timestamp, time_zone) -}}
{% endmacro %}

{% macro duckdb__local_time(utc_timestamp, time_zone) -%}
    ({{ utc_timestamp }} at time zone 'UTC' at time zone {{ time_zone }})
{%- endmacro %}

{% macro spark__local_time(utc_timestamp, time_zone) -%}
    from_utc_timestamp({{ utc_timestamp }}, {{ time_zone }})
{%- endmacro %}
