{#-
    Looks at every raw event that this run will read from raw_path or raw_schema, before anything
    is built, and returns all that is wrong as a list of sentences: a missing file, table or
    column, a wrong type, times that cannot be. A note says which columns are read as null.
-#}

{% macro check_raw_events() %}
    {%- set problems_of_mapping = check_event_mapping() -%}
    {%- set problems = problems_of_mapping.values() | sum(start=[]) -%}
    {%- set histories, csv_files = [], [] -%}
    {%- for node in signal_models(with_derived=false) if node.unique_id in selected_resources -%}
        {%- set scenario = node.config.meta.gsmt.scenario -%}
        {%- set event = node.config.meta.gsmt.signal -%}
        {%- set entries = [scenario, scenario ~ '.every_event', scenario ~ '.' ~ event] -%}
        {%- if is_absent_event(scenario, event) or entries | select('in', problems_of_mapping) | list -%}
        {%- elif var('raw_path') is not none -%}
            {%- do problems.extend(check_raw_files(scenario, event, histories, csv_files)) -%}
        {%- else -%}
            {%- do problems.extend(check_raw_table(scenario, event, histories)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do problems.extend(check_histories(histories)) -%}
    {%- if not problems -%}
        {%- do note_csv_files(csv_files) -%}
        {%- do note_rows_of_no_event() -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_raw_files(scenario, event, histories, csv_files) %}
    {%- set files = raw_files(scenario, event) -%}
    {%- set problems = [] -%}
    {%- for path in files.unread -%}
        {%- do problems.append(
            path ~ ': events are read from files that end with .parquet or .csv; give others a name that begins with _'
        ) -%}
    {%- endfor -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- elif files.location is none -%}
        {{- return([
            'no file ' ~ files.base ~ '.parquet or .csv, nor a folder of them' ~ absent_event_advice(scenario, event)
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
    {%- if files.format == 'csv' -%}
        {%- set forms = csv_forms(files_from(files, first_day)) -%}
        {%- do problems.extend(csv_problems(forms)) -%}
        {%- do csv_files.extend(forms) -%}
    {%- else -%}
        {%- do problems.extend(parquet_name_problems(files_from(files, first_day))) -%}
    {%- endif -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- set rows = read_raw_files(files, first_day) -%}
    {%- set problems = check_mapped_rows(scenario, event, rows, files.location, first_day is none) -%}
    {%- if files.format == 'parquet' and not problems -%}
        {%- set problems = check_file_types(scenario, event, files, first_day) -%}
    {%- endif -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {{- return(check_raw_columns(scenario, event, histories, *fields_in(scenario, event, rows, files.location))) -}}
{% endmacro %}


{#- What cannot be read of CSV files, each with its name. -#}
{% macro csv_problems(forms) %}
    {%- set problems = [] -%}
    {%- for form in forms -%}
        {%- for problem in form.problems -%}
            {%- do problems.append(form.path ~ ': ' ~ problem) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- The same of Parquet files, for the names of their columns: most files have the same, which are judged once. -#}
{% macro parquet_name_problems(files) %}
    {%- set query -%}
        with
        names_of_file as (
            select
                file_name,
                list(distinct split_part(path_in_schema, ', ', 1)) as names
            from parquet_metadata({{ file_list(files) }})
            group by file_name
        )
        select
            to_json(list_sort(names)) as names,
            to_json(list(file_name order by file_name)) as paths
        from names_of_file
        group by list_sort(names)
        order by min(file_name)
    {%- endset -%}
    {%- set problems = [] -%}
    {%- for names, paths in run_query(query).rows -%}
        {%- for problem in unreadable_names(fromjson(names)) -%}
            {%- for path in fromjson(paths) -%}
                {%- do problems.append(path ~ ': ' ~ problem) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{#- What is wrong with the names of a file's columns, as ends of sentences. Names are read in any case. -#}
{% macro unreadable_names(names) %}
    {%- set problems, alike = [], {} -%}
    {%- for name in names -%}
        {%- do alike.setdefault(name | lower, []).append(name) -%}
    {%- endfor -%}
    {%- for lowered, written in alike.items() -%}
        {%- if written | length > 1 -%}
            {%- do problems.append('has more than one column ' ~ lowered ~ ': ' ~ written | join(', ')) -%}
        {%- elif lowered in ['raw_origin', 'file_row_number'] or lowered.startswith('beyond_the_header_') -%}
            {%- do problems.append('has a column ' ~ lowered ~ ', a name that reading keeps for itself') -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
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
        "select lower(name) as name, coalesce(case converted_type when 'LIST' then 'VARCHAR[]' end, duckdb_type) as type,"
        ~ ' count(*), min(file_name) from parquet_schema(' ~ file_list(files_from(files, first_day)) ~ ')'
        ~ ' group by all order by count(*), type'
    ) -%}
    {%- for column in columns_in_files(scenario, event) -%}
        {%- set kinds = [] -%}
        {%- for name, type, number, path in found.rows if name == column.name | lower and type is not none -%}
            {%- if not accepts_type(column.data_type, type) -%}
                {%- do problems.append(
                    path ~ ': ' ~ wrong_type(column, type)
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


{% macro check_raw_table(scenario, event, histories) %}
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
        or check_raw_columns(scenario, event, histories, *fields_in(scenario, event, table, place))
    ) -}}
{% endmacro %}


{% macro absent_event_advice(scenario, event) -%}
    {{- return(
        " (if your product does not log this event, add '" ~ scenario ~ '.' ~ event
        ~ "' to the var absent_events)"
    ) -}}
{%- endmacro %}


{#- What is wrong with the columns of a relation of raw events; `place` is its name in a message. -#}
{% macro check_raw_columns(scenario, event, histories, relation, place) %}
    {%- set problems, absent = [], [] -%}
    {%- set columns = event_columns(scenario, event) -%}
    {%- set types = describe_fields(relation) -%}
    {%- for column in columns -%}
        {%- set found = types.get(column.name) -%}
        {%- if found is none and column.rules.get('required') -%}
            {%- do problems.append(place ~ ': column ' ~ column.name ~ ' is missing') -%}
        {%- elif found is none -%}
            {%- do absent.append(column.name) -%}
        {%- elif not accepts_type(column.data_type, found) -%}
            {%- do problems.append(place ~ ': ' ~ wrong_type(column, found)) -%}
        {%- elif found == 'VARCHAR' and column.data_type != 'string' -%}
            {%- set unread = value_if_none_parses(relation, column) -%}
            {%- if unread is not none -%}
                {%- do problems.append(
                    place ~ ': column ' ~ column.name ~ " holds text such as '" ~ unread
                    ~ "' and not one of its values reads as " ~ column.data_type
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- if absent -%}
        {%- set known = columns | map(attribute='name') | list + surplus_columns(types) + ['event_date'] -%}
        {%- set others = types.keys() | reject('in', known) | list -%}
        {%- do log(
            place ~ ' has no column ' ~ absent | join(', ') ~ ': read as null'
            ~ (' (it has, besides the fields of the event, ' ~ others | join(', ') ~ ')' if others), info=true
        ) -%}
    {%- endif -%}
    {{- return(check_event_times(scenario, relation, types, place, histories)) -}}
{% endmacro %}


{% macro wrong_type(column, found) %}
    {{- return(
        'column ' ~ column.name ~ ' has type ' ~ found ~ ', expected ' ~ column.data_type
        ~ ('; a number does not say in which unit it is'
            if column.data_type == 'timestamp' and accepts_type('double', found))
    ) -}}
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


{#- A value of a text column, if there are some but none reads as the column's type. Looks at 10,000 values. -#}
{% macro value_if_none_parses(relation, column) %}
    {%- set query -%}
        select case when count({{ parse_value(column.name, column.data_type) }}) = 0 then min({{ column.name }}) end
        from (
            select {{ column.name }}
            from {{ relation }}
            where trim({{ column.name }}) <> ''
            limit 10000
        ) as sample_of_values
    {%- endset -%}
    {{- return(run_query(query).rows[0][0]) -}}
{% endmacro %}
