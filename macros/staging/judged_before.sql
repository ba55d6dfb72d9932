{#-
    Whether the quarantine has judged an event's rows before they are staged: of Parquet in folders of days, where a row
    is told by its file and its number in there, which cost nothing. Rows of text, of tables and of mapped logs would have
    to be numbered for it; they are judged while they are staged.
-#}

{% macro is_judged_before(scenario, event) %}
    {%- if
        not execute or var('raw_path') is none
        or is_absent_event(scenario, event) or event_mapping(scenario, event) is not none
    -%}
        {{- return(false) -}}
    {%- endif -%}
    {%- set files = raw_files(scenario, event) -%}
    {{- return(files.format == 'parquet' and files.days | length > 0) -}}
{% endmacro %}


{#- The events of such rows: all that the quarantine does not have, with their fields as they are declared. -#}
{% macro events_judged_before(scenario, event, quarantine) %}
    {%- set first_day = rebuilt_from() -%}
    {%- set raw_relation = raw_event(scenario, event, first_day) -%}
    {%- set columns = event_columns(scenario, event) -%}
    {%- set raw_types = raw_column_types(scenario, event, raw_relation) -%}
select
    {%- for column in columns %}
    {{ parsed_field(column, columns, raw_types) }} as {{ column.name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ rows_with_origin(scenario, event, raw_relation, raw_fields(columns, raw_types), first_day) | trim }} as raw
anti join (
    select
        origin,
        origin_row
    from {{ quarantine }}
    where event_name = '{{ event }}'
) as quarantined
    on
        raw.origin = quarantined.origin
        and raw.origin_row = quarantined.origin_row
{{- only_rebuilt('\nwhere', 'event_at') }}
{% endmacro %}
