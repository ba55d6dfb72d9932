{#-
    A staging model: one row per event, its fields typed, only rows that break no rule and are no copy of an earlier one.
-#}

{% macro stage_event(scenario, event) %}
    {#- The quarantine is built before what it judges. -#}
    {%- set quarantine = ref(scenario ~ '__quarantine') if var('raw_path') is not none -%}
    {%- if is_judged_before(scenario, event) -%}
        {{- events_judged_before(scenario, event, quarantine) -}}
    {%- else -%}
        {{- events_judged_here(scenario, event) -}}
    {%- endif -%}
{% endmacro %}


{#-
    Events that are judged while they are staged. Only the rows of repeated ids are put in order to find copies: the
    others pass through as they are read. Files in folders of days are read in order of days, near enough for the rows of
    a day to lie together; all others are sorted.
-#}

{% macro events_judged_here(scenario, event) %}
    {%- set first_day = first_day_to_read(scenario) if rebuilt_from() is not none else none %}
    {%- set raw_relation = raw_event(scenario, event, first_day) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types) %}
    {%- set partition = partition_column(raw_relation, raw_types, columns) %}
with

raw {{ as_read_again(raw_relation) }} (

    select * from {{ raw_relation }}
    {{- only_rebuilt('\n    where', partition, var('follow_up_days')) if partition }}

),

repeated_ids as (

    {{ repeated_event_ids(columns, raw_types) | trim | indent(4) }}

),

parsed {{ as_read_again(raw_relation) }} (

    select
        {{ parsed_event(columns, raw_types, surplus, partition) }},
        repeated_ids.event_id is not null as is_repeated
    from raw
    left join repeated_ids
        on {{ parsed_event_id(columns, raw_types) }} = repeated_ids.event_id

),

valid {{ as_read_again(raw_relation) }} (

    select
        {{ columns | map(attribute='name') | join(',\n        ') }},
        is_repeated
    from parsed
    where
        not {{ breaks_a_rule(event_rules(columns, surplus, partition)) | indent(8) }}
        {{- only_rebuilt('\n        and', 'event_at', var('follow_up_days')) }}

),

originals as (

    select *
    from valid
    where is_repeated
    qualify not {{ is_copy(columns) | trim | indent(4) }}

),

events as (

    select * from valid
    where not is_repeated
    union all
    select * from originals

)

select
    {{ columns | map(attribute='name') | join(',\n    ') }}
from events
{{- only_rebuilt('\nwhere', 'event_at') }}
    {%- if config.get('materialized') == 'incremental' and not is_read_by_the_day(raw_relation) %}
{{ in_order_of('event_at') }}
    {%- endif %}
    {%- else %}
select * from {{ raw_relation }}
    {%- endif %}
{% endmacro %}
