{#-
    Every raw row of the scenario that staging does not publish, with the reason and the row as it
    came. `disposition` is 'rejected' (it breaks a rule) or 'duplicate' (a later copy of an event
    that staging has), so that raw rows = staged + rejected + duplicate for each event.
-#}

{% macro quarantine_events(scenario, events) %}
    {%- for event in events %}
    {%- set raw_relation = raw_event(scenario, event) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types, columns) %}
    {%- set fields = columns | map(attribute='name') | list + surplus %}
    {%- set rules = event_rules(columns, surplus) %}
select
    '{{ event }}' as event_name,
    disposition,
    field,
    reason,
    event_id,
    user_id,
    event_at,
    received_at,
    origin,
    origin_row,
    content
from (

    with

    raw as (

        select * from {{ raw_event_with_origin(scenario, event, raw_relation, fields) }}

    ),

    parsed as (

        select
            {{ parsed_event(columns, raw_types, surplus) | indent(4) }},
            raw.origin,
            raw.origin_row,
            {{ row_as_json(fields, 'raw') }} as content
        from raw

    ),

    judged as (

        select
            *,
            case
            {%- for rule in rules %}
                when {{ rule.violated }} then '{{ rule.field }}'
            {%- endfor %}
            end as field,
            nullif(concat_ws(
                '; ',
            {%- for rule in rules %}
                case when {{ rule.violated }} then '{{ (rule.field ~ ' ' ~ rule.reason) | replace("'", "''") }}' end
                {{- ',' if not loop.last }}
            {%- endfor %}
            ), '') as reason
        from parsed

    ),

    rejected as (

        select
            'rejected' as disposition,
            *
        from judged
        where reason is not null

    ),

    duplicates as (

        select
            'duplicate' as disposition,
            *
        from judged
        where reason is null
        qualify row_number() over (partition by event_id order by {{ arrival_order(columns) }}) > 1

    )

    select
        disposition, field, reason, event_id, user_id, event_at, received_at, origin, origin_row, content
    from rejected
    union all
    select
        disposition, 'event_id' as field, 'event_id arrived before' as reason,
        event_id, user_id, event_at, received_at, origin, origin_row, content
    from duplicates

) as {{ event }}
    {%- if not loop.last %}

union all
    {% endif %}
    {%- else %}
{{ raw_relation }}
    {%- endif %}
    {%- endfor %}
{% endmacro %}
