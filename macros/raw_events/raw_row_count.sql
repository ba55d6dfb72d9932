{#-
    The number of an event's raw rows as an SQL expression, for the test that none is lost. Of files it is not counted
    by reading their fields, as staging does: CSV was counted line by line, and Parquet says its number itself. Of a
    log with other events these are what that number leaves for the event.
-#}

{% macro raw_row_count(scenario, event) %}
    {%- if var('raw_path') is none or is_absent_event(scenario, event) -%}
        {{- return('(select count(*) from ' ~ raw_event(scenario, event) ~ ')') -}}
    {%- endif -%}
    {%- set files = raw_files(scenario, event) -%}
    {%- if files.format == 'csv' -%}
        {%- set rows = csv_forms(files.files) | sum(attribute='rows') -%}
    {%- else -%}
        {%- set rows = '(select coalesce(sum(num_rows), 0) from parquet_file_metadata(' ~ file_list(files.files) ~ '))' -%}
    {%- endif -%}
    {%- set log = raw_rows(scenario, event) -%}
    {%- set rows_of_event = [] if event_mapping(scenario, event) is none
        else mapped_rows(scenario, event, describe_relation(log)) -%}
    {%- if not rows_of_event -%}
        {{- return(rows) -}}
    {%- endif -%}
    {{- return(
        rows ~ ' - (select count(*) from ' ~ log ~ ' where not coalesce(' ~ rows_of_event | join(' and ') ~ ', false))'
    ) -}}
{% endmacro %}
