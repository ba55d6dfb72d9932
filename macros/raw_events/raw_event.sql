{#-
    The one place that knows where raw events lie. Three places, chosen by vars:
      default      the seed raw_<scenario>__<event>
      raw_schema   a table of that schema, declared as source('<scenario>', '<event>')
      raw_path     files: <raw_path>/<scenario>/<event>.parquet, .csv, or a folder of either: raw_files
    A log of your own may lie elsewhere, and have other columns: event_mapping says so. An event named in
    absent_events is an empty table, wherever the others lie. Of files in folders of days those before
    `first_day` are not opened.
-#}

{% macro raw_event(scenario, event, first_day=none) %}
    {%- if is_absent_event(scenario, event) -%}
        {{- empty_raw_event(scenario, event) -}}
    {%- elif execute and event_mapping(scenario, event) is not none -%}
        {{- mapped_event(scenario, event, raw_rows(scenario, event, first_day)) -}}
    {%- else -%}
        {{- raw_rows(scenario, event, first_day) -}}
    {%- endif -%}
{% endmacro %}


{#- The rows as they lie there: of the event, or of the log that a mapping finds it in. -#}
{% macro raw_rows(scenario, event, first_day=none) %}
    {%- if var('raw_path') is not none -%}
        {#- Named for the lineage graph; the files themselves are read in place. -#}
        {%- do source(scenario, event) -%}
        {{- read_raw_files(raw_files(scenario, event), first_day) if execute else 'raw_files' -}}
    {%- elif var('raw_schema') is not none -%}
        {{- source(scenario, event).replace_path(identifier=raw_place(scenario, event)) -}}
    {%- else -%}
        {{- ref('raw_' ~ scenario ~ '__' ~ event) -}}
    {%- endif -%}
{% endmacro %}


{#- Whether the events of this run are the project's own. -#}
{% macro reads_seeds() %}
    {{- return(var('raw_path') is none and var('raw_schema') is none) -}}
{% endmacro %}


{#- Where the events of this run lie, in words. -#}
{% macro place_of_events() %}
    {%- for name in ['raw_path', 'raw_schema'] if var(name) is not none -%}
        {{- return(name ~ ' ' ~ (raw_path() if name == 'raw_path' else var(name))) -}}
    {%- endfor -%}
    {{- return('seeds') -}}
{% endmacro %}


{#- Where an event lies below raw_path, without the ending, or which table of raw_schema it is. -#}
{% macro raw_place(scenario, event) %}
    {%- set mapped = event_mapping(scenario, event) -%}
    {%- if mapped is not none and mapped.place is not none -%}
        {{- return(mapped.place | string) -}}
    {%- endif -%}
    {{- return(event if var('raw_path') is none else scenario ~ '/' ~ event) -}}
{% endmacro %}


{#-
    The same rows, each with its origin (a file, table or seed), its row number in there, counted from 1 without the
    header, and original_row, the row as it lies there with all of its columns. For the quarantine: numbering rows
    costs a full read. `raw_relation` is what raw_event gave.
-#}
{% macro raw_event_with_origin(scenario, event, raw_relation, first_day=none) %}
    {%- if event_mapping(scenario, event) is not none -%}
        {{- mapped_event_with_origin(scenario, event, raw_rows(scenario, event, first_day), first_day) -}}
    {%- else -%}
        {%- set columns = event_columns(scenario, event) -%}
        {%- set raw_types = raw_column_types(scenario, event, raw_relation) -%}
        {%- set partition = partition_column(raw_relation, raw_types, columns) -%}
        {%- set fields = raw_fields(columns, raw_types) -%}
        {%- set all_of_them = raw_types.keys() | reject('equalto', partition) | list or fields -%}
        {{- rows_with_origin(
            scenario, event, raw_relation,
            fields + surplus_columns(raw_types) + ([partition] if partition else [])
            + [packed_row(all_of_them, raw_types) | trim ~ ' as original_row'],
            first_day
        ) -}}
    {%- endif -%}
{% endmacro %}


{#- Expressions over raw rows, with the origin and number of each row. -#}
{% macro rows_with_origin(scenario, event, raw_relation, expressions, first_day=none) %}
    {%- if var('raw_path') is not none and not is_absent_event(scenario, event) -%}
        {%- set files = raw_files(scenario, event) -%}
        {%- if files.format == 'parquet' -%}
    (
        select
            {{ expressions | join(', ') }},
            raw_origin as origin,
            file_row_number + 1 as origin_row
        from {{ read_raw_files(files, first_day, with_origin=true) }}
    )
        {%- else -%}
    (
        select
            {{ expressions | join(', ') }},
            raw_origin as origin,
            row_number() over (partition by raw_origin order by file_row_number) as origin_row
        from (
            select
                *,
                row_number() over () as file_row_number
            from {{ read_raw_files(files, first_day, with_origin=true) }}
        ) as files
    )
        {%- endif -%}
    {%- else -%}
        {%- set origin = 'seeds/' ~ scenario ~ '/raw_' ~ scenario ~ '__' ~ event ~ '.csv' -%}
        {%- if var('raw_schema') is not none -%}
            {%- set origin = var('raw_schema') ~ '.' ~ raw_place(scenario, event) -%}
        {%- endif -%}
    (
        select
            {{ expressions | join(', ') }},
            {{ sql_text(origin) }} as origin,
            {{ row_position() }} as origin_row
        from {{ raw_relation }}
    )
    {%- endif -%}
{% endmacro %}


{#- The types of an event's columns as they lie in what raw_event gave; none are known of text seeds. -#}
{% macro raw_column_types(scenario, event, raw_relation) %}
    {{- return({} if reads_seeds() or is_absent_event(scenario, event) else describe_fields(raw_relation)) -}}
{% endmacro %}


{#- The fields of an event that its raw rows have a column for; all of them, where no types are known. -#}
{% macro raw_fields(columns, raw_types) %}
    {%- set names = columns | map(attribute='name') | list -%}
    {{- return(names | select('in', raw_types) | list if raw_types else names) -}}
{% endmacro %}


{#-
    The column with the day under which a raw row is kept, where there is one that the event does not declare
    itself: that of the folders of its files, or of the partitions of its table. None otherwise.
-#}
{% macro partition_column(raw_relation, raw_types, columns) %}
    {%- set is_declared = 'event_date' in columns | map(attribute='name') -%}
    {%- set is_of_partitions = var('raw_path') is none or is_read_by_the_day(raw_relation) -%}
    {{- return(
        'event_date' if raw_types.get('event_date') == 'DATE' and is_of_partitions and not is_declared else none
    ) -}}
{% endmacro %}


{#- Columns with what a row of a CSV file has beyond the header's fields. -#}
{% macro surplus_columns(raw_types) %}
    {%- set surplus = [] -%}
    {%- for name in raw_types if name.startswith('beyond_the_header_') -%}
        {%- do surplus.append(name) -%}
    {%- endfor -%}
    {{- return(surplus) -}}
{% endmacro %}


{% macro is_absent_event(scenario, event) %}
    {{- return((scenario ~ '.' ~ event) in var('absent_events')) -}}
{% endmacro %}


{% macro empty_raw_event(scenario, event) %}
    {%- if execute -%}
    (
        select
        {%- for column in event_columns(scenario, event) %}
            cast(null as {{ engine_type('string') }}) as {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
        where 1 = 0
    )
    {%- endif -%}
{% endmacro %}
