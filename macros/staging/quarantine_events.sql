{#-
    Every raw row of the scenario that staging does not publish, with the reason and the row as it
    came. `disposition` is 'rejected' (it breaks a rule) or 'duplicate' (a copy of an event), so that raw
    rows = staged + rejected + duplicate for each event. Rows that break no rule and have an id of their own pass by in
    one scan; only the others are put in order, to find copies.
-#}

{% macro quarantine_events(scenario, events) %}
    {%- set first_day = first_day_to_read(scenario) if rebuilt_from() is not none else none %}
    {%- for event in events %}
    {%- set raw_relation = raw_event(scenario, event, first_day) %}
    {%- if execute %}
    {%- set columns = event_columns(scenario, event) %}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) %}
    {%- set surplus = surplus_columns(raw_types) %}
    {%- set partition = partition_column(raw_relation, raw_types, columns) %}
    {%- set rules = event_rules(columns, surplus, partition) %}
select
    '{{ event }}' as event_name,
    case when is_rejected then 'rejected' else 'duplicate' end as disposition,
    case
    {%- for rule in rules %}
        when {{ rule.violated }} then '{{ rule.field }}'
    {%- endfor %}
        else 'event_id'
    end as field,
    coalesce(nullif(concat_ws(
        '; ',
    {%- for rule in rules %}
        case when {{ rule.violated }} then '{{ (rule.field ~ ' ' ~ rule.reason) | replace("'", "''") }}' end
        {{- ',' if not loop.last }}
    {%- endfor %}
    ), ''), 'event_id is that of an event on the same day or up to {{ var('follow_up_days') }} days before') as reason,
    event_id,
    user_id,
    event_at,
    received_at,
    origin,
    origin_row,
    {{ packed_row_as_json('unpublished.original_row') }} as content,
    kept_on
from (

    with

    raw {{ as_read_again(raw_relation) }} (

        select * from {{ raw_event_with_origin(scenario, event, raw_relation, first_day) | trim | indent(8) }}

    ),

    repeated_ids as (

        {{ repeated_event_ids(columns, raw_types) | trim | indent(8) }}

    ),

    parsed as (

        select
            {{ parsed_event(columns, raw_types, surplus, partition) | indent(4) }},
            raw.original_row,
            raw.origin,
            raw.origin_row
        from raw

    ),

    judged as (

        select
            *,
            {{ breaks_a_rule(rules) | indent(12) }} as is_rejected,
            {%- if partition %}
            {{ partition }} as kept_on
            {%- else %}
            coalesce(
                cast(event_at as date), cast(received_at as date), cast('9999-12-31' as date)
            ) as kept_on
            {%- endif %}
        from parsed

    )

    select *
    from judged
    where
        {{ may_be_quarantined('is_rejected', 'event_id', 'repeated_ids') | trim }}
        {{- only_rebuilt('\n        and', 'kept_on', var('follow_up_days')) }}
    qualify
        (is_rejected or {{ is_copy(columns, 'is_rejected', ['origin', 'origin_row']) | trim | indent(8) }})
        {{- only_rebuilt('\n        and', 'kept_on') }}

) as unpublished
    {%- if not loop.last %}

union all
    {% endif %}
    {%- else %}
{{ raw_relation }}
    {%- endif %}
    {%- endfor %}
{% endmacro %}
