{#-
    Looks at every raw event that this run will read from raw_path or raw_schema, before anything
    is built, and returns all that is wrong as a list of sentences: a missing file, table or
    column, a wrong type.
-#}

{% macro check_raw_events() %}
    {%- set problems_of_mapping = check_event_mapping() -%}
    {%- set problems = problems_of_mapping.values() | sum(start=[]) -%}
    {%- for node in signal_models(with_derived=false) if node.unique_id in selected_resources -%}
        {%- set scenario = node.config.meta.gsmt.scenario -%}
        {%- set event = node.config.meta.gsmt.signal -%}
        {%- set entries = ['', scenario, scenario ~ '.every_event', scenario ~ '.' ~ event] -%}
        {%- if is_absent_event(scenario, event) or entries | select('in', problems_of_mapping) | list -%}
        {%- elif var('raw_path') is not none -%}
            {%- do problems.extend(check_raw_files(scenario, event)) -%}
        {%- else -%}
            {%- do problems.extend(check_raw_table(scenario, event)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do note_rows_of_no_event() if not problems -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_raw_files(scenario, event) %}
    {%- set files = raw_files(scenario, event) -%}
    {%- if files.location is none -%}
        {{- return([
            'no file ' ~ var('raw_path').rstrip('/') ~ '/' ~ raw_place(scenario, event)
            ~ '.parquet or .csv, nor a folder of them' ~ absent_event_advice(scenario, event)
        ]) -}}
    {%- elif files.others -%}
        {{- return([
            'events lie in ' ~ files.location ~ ' and in ' ~ files.others | join(', ')
            ~ '; one place for each event, please'
        ]) -}}
    {%- elif files.days and files.strays -%}
        {{- return([
            files.strays | join(', ') ~ ': not in a folder event_date=YYYY-MM-DD, where other files of the event lie'
        ]) -}}
    {%- endif -%}
    {%- set first_day = first_day_to_read(scenario) -%}
    {%- set rows = read_raw_files(files, first_day) -%}
    {%- set problems = check_mapped_rows(scenario, event, rows, files.location, first_day is none) -%}
    {%- if files.format == 'parquet' and not problems -%}
        {%- set problems = check_file_types(scenario, event, files, first_day) -%}
    {%- endif -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {{- return(check_raw_columns(scenario, event, *fields_in(scenario, event, rows, files.location))) -}}
{% endmacro %}


{#- Rows with the fields of an event, read through its mapping if it has one, and how a message calls them. -#}
{% macro fields_in(scenario, event, rows, place) %}
    {%- if event_mapping(scenario, event) is none -%}
        {{- return([rows, place]) -}}
    {%- endif -%}
    {{- return([
        mapped_event(scenario, event, rows), 'event_mapping.' ~ scenario ~ '.' ~ event ~ ', from ' ~ place
    ]) -}}
{% endmacro %}


{#-
    Columns whose type differs from one Parquet file to the next as text does from a number: DuckDB would read all
    of them as text, and hide which file is wrong. Each such file or the rarer kind of files is named.
-#}
{% macro check_file_types(scenario, event, files, first_day) %}
    {%- set problems = [] -%}
    {%- set found = run_query(
        "select name, coalesce(case converted_type when 'LIST' then 'VARCHAR[]' end, duckdb_type) as type,"
        ~ ' count(*), min(file_name) from parquet_schema(' ~ raw_file_list(files, first_day) ~ ')'
        ~ ' group by all order by count(*), type'
    ) -%}
    {%- for column in columns_in_files(scenario, event) -%}
        {%- set kinds = [] -%}
        {%- for name, type, number, path in found.rows if name | lower == column.name | lower and type is not none -%}
            {%- if not accepts_type(column.data_type, type) -%}
                {%- do problems.append(
                    path ~ ': column ' ~ name ~ ' has type ' ~ type ~ ', expected ' ~ column.data_type
                    ~ (' (as have ' ~ (number - 1) ~ ' more files)' if number > 1 else '')
                ) -%}
            {%- else -%}
                {%- do kinds.append({'type': type, 'number': number, 'path': path}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if column.data_type != 'string' and kinds | map(attribute='type') | unique | list | length > 1
            and 'VARCHAR' in kinds | map(attribute='type') -%}
            {%- do problems.append(
                kinds[0].path ~ ': column ' ~ column.name ~ ' has type ' ~ kinds[0].type ~ ', where '
                ~ kinds[-1].number ~ ' other files have ' ~ kinds[-1].type
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_raw_table(scenario, event) %}
    {%- set name = raw_place(scenario, event) -%}
    {%- set table = adapter.get_relation(target.database, var('raw_schema'), name) -%}
    {%- if table is none -%}
        {{- return([
            'no table ' ~ var('raw_schema') ~ '.' ~ name ~ absent_event_advice(scenario, event)
        ]) -}}
    {%- endif -%}
    {%- set place = var('raw_schema') ~ '.' ~ name -%}
    {{- return(
        check_mapped_rows(scenario, event, table, place, is_whole=true)
        or check_raw_columns(scenario, event, *fields_in(scenario, event, table, place))
    ) -}}
{% endmacro %}


{% macro absent_event_advice(scenario, event) -%}
    {{- return(
        " (if your product does not log this event, add '" ~ scenario ~ '.' ~ event
        ~ "' to the var absent_events)"
    ) -}}
{%- endmacro %}


{#- What is wrong with the columns of a relation of raw events; `place` is its name in a message. -#}
{% macro check_raw_columns(scenario, event, relation, place) %}
    {%- set problems = [] -%}
    {%- set types = describe_relation(relation) -%}
    {%- for column in event_columns(scenario, event) -%}
        {%- set found = types.get(column.name) -%}
        {%- if found is none -%}
            {%- do problems.append(place ~ ': column ' ~ column.name ~ ' is missing') -%}
        {%- elif not accepts_type(column.data_type, found) -%}
            {%- do problems.append(
                place ~ ': column ' ~ column.name ~ ' has type ' ~ found
                ~ ', expected ' ~ column.data_type
            ) -%}
        {%- elif found == 'VARCHAR' and column.data_type != 'string'
            and not any_value_parses(relation, column) -%}
            {%- do problems.append(
                place ~ ': column ' ~ column.name ~ ' holds text and not one of its values reads as '
                ~ column.data_type
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- Text is accepted for every type and parsed row by row; a typed column must be of the type's family. -#}
{% macro accepts_type(data_type, found) %}
    {%- set integers = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT',
        'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'] -%}
    {%- set kind = found.split('(')[0] -%}
    {%- set accepted = {
        'string': integers + ['UUID', 'ENUM'],
        'integer': integers,
        'double': integers + ['FLOAT', 'DOUBLE', 'DECIMAL'],
        'boolean': ['BOOLEAN'],
        'timestamp': ['DATE', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS',
            'TIMESTAMP WITH TIME ZONE'],
        'string[]': ['VARCHAR[]'],
    }[data_type] + ['VARCHAR'] -%}
    {{- return(kind in accepted) -}}
{% endmacro %}


{#- Whether a text column holds at least one value of its type, or nothing at all. Looks at 10,000 values. -#}
{% macro any_value_parses(relation, column) %}
    {%- set query -%}
        select count(*) = 0 or count({{ parse_value(column.name, column.data_type) }}) > 0
        from (
            select {{ column.name }}
            from {{ relation }}
            where trim({{ column.name }}) <> ''
            limit 10000
        ) as sample_of_values
    {%- endset -%}
    {{- return(run_query(query).rows[0][0]) -}}
{% endmacro %}
