{#-
    A staging model: one row per event, its fields typed, only rows that break no rule and are no copy of
    an earlier one.
-#}

{% macro stage_event(scenario, event) %}
    {%- set first_day = first_day_to_read(scenario) if rebuilt_from() is not none else none %}
    {%- set raw_relation = raw_event(scenario, event, first_day) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types, columns) %}
    {%- set partition = partition_column(raw_types, columns) %}
with

raw as (

    select * from {{ raw_relation }}
    {{- only_rebuilt('\n    where', partition, var('follow_up_days')) if partition }}

),

parsed as (

    select
        {{ parsed_event(columns, raw_types, surplus, partition) }}
    from raw

),

valid as (

    select
        {{ columns | map(attribute='name') | join(',\n        ') }}
    from parsed
    where
        {%- for rule in event_rules(columns, surplus, partition) %}
        {{ 'and ' if not loop.first }}not {{ rule.violated }}
        {%- endfor %}
        {{- only_rebuilt('\n        and', 'event_at', var('follow_up_days')) }}

)

select *
from valid
qualify
    not {{ is_copy(columns) | trim | indent(4) }}
    {{- only_rebuilt('\n    and', 'event_at') }}
    {%- if config.get('materialized') == 'incremental' %}
{{ in_order_of('event_at') }}
    {%- endif %}
    {%- else %}
select * from {{ raw_relation }}
    {%- endif %}
{% endmacro %}
