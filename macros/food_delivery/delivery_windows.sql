{#- The window of the switchback that a time lies in: its start. -#}

{% macro window_start_of(time) -%}
    {%- set minutes = food_delivery_thresholds().window_minutes -%}
    {%- set day = 'cast(cast(' ~ time ~ ' as date) as timestamp)' -%}
    {{ dbt.dateadd(
        'minute',
        minutes ~ ' * cast(floor(' ~ seconds_between(day, time) ~ ' / ' ~ 60 * minutes ~ ') as integer)',
        day,
    ) | trim }}
{%- endmacro %}


{#- The meal of an hour of the day. -#}
{% macro meal_of_hour(hour) -%}
    case when {{ hour }} < 14 then 'lunch' when {{ hour }} < 17 then 'afternoon' else 'dinner' end
{%- endmacro %}


{#- What is known of an order when it is placed, and has to do with how long it takes and whether it is batched. -#}
{% macro order_strata() %}
    {{- return(['zone', 'meal', 'distance_band', 'preparation_band', 'algorithm_version']) -}}
{% endmacro %}
