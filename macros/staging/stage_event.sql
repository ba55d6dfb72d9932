{#-
    A staging view: one row per event, its fields typed, only rows that break no rule, and of the
    copies of an event the one that arrived first.
-#}

{% macro stage_event(scenario, event) %}
    {%- set raw_relation = raw_event(scenario, event) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types, columns) %}
with

raw as (

    select * from {{ raw_relation }}

),

parsed as (

    select
        {{ parsed_event(columns, raw_types, surplus) }}
    from raw

),

valid as (

    select
        {{ columns | map(attribute='name') | join(',\n        ') }}
    from parsed
    where
        {%- for rule in event_rules(columns, surplus) %}
        {{ 'and ' if not loop.first }}not {{ rule.violated }}
        {%- endfor %}

)

select *
from valid
qualify row_number() over (partition by event_id order by {{ arrival_order(columns) }}) = 1
    {%- else %}
select * from {{ raw_relation }}
    {%- endif %}
{% endmacro %}
