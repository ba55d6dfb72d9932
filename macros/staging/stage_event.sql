{#-
    A staging model: one row per event, its fields typed, only rows that break no rule, and of the
    copies of an event, which all happened on its day, the one that arrived first.
-#}

{% macro stage_event(scenario, event) %}
    {%- set first_day = rebuilt_from() %}
    {%- set raw_relation = raw_event(scenario, event, first_day) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types, columns) %}
    {%- set partition = partition_column(raw_types, columns) %}
with

raw as (

    select * from {{ raw_relation }}
    {{- only_rebuilt('\n    where', partition) if partition }}

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
        {{- only_rebuilt('\n        and', 'event_at') }}

)

select *
from valid
qualify row_number() over (
    partition by event_id, cast(event_at as date) order by {{ arrival_order(columns) }}
) = 1
    {%- if config.get('materialized') == 'incremental' %}
{{ in_order_of('event_at') }}
    {%- endif %}
    {%- else %}
select * from {{ raw_relation }}
    {%- endif %}
{% endmacro %}
