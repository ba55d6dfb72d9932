{#-
    CSV files are read in one dialect, that of RFC 4180, and never guessed: UTF-8, a header, commas, quotes around a
    field that has commas, quotes or line breaks in it, and a quote within them doubled. A line ends with LF, CRLF or
    CR. Text only, so that a value that does not parse reaches the quarantine and not an error. A row with too few
    fields has nulls for the last ones; what one with too many has beyond the header is in columns
    beyond_the_header_<n>.

    `files` lists {path}; `options` are more of DuckDB's. Files with the same header are read together, and columns are
    united by name. DuckDB reads one file in parts only where no field has line breaks.
-#}

{% macro read_csv_files(files, options=[]) %}
    {%- set forms = {} -%}
    {%- for form in csv_forms(files) -%}
        {%- do forms.setdefault(form.header, []).append(form) -%}
    {%- endfor -%}
    {%- set reads = [] -%}
    {%- for header, alike in forms.items() -%}
        {%- set columns = [] -%}
        {%- for name in header_columns(header) -%}
            {%- do columns.append(sql_text(name) ~ ": 'varchar'") -%}
        {%- endfor -%}
        {%- for number in range(1, alike | map(attribute='fields') | max - columns | length + 1) -%}
            {%- do columns.append("'beyond_the_header_" ~ number ~ "': 'varchar'") -%}
        {%- endfor -%}
        {%- do reads.append(read_csv(alike, [
            'columns = {' ~ columns | join(', ') ~ '}', 'header = true', "delim = ','", "quote = '\"'",
            "escape = '\"'", 'null_padding = true',
        ] + (['parallel = false'] if alike | selectattr('has_line_breaks') | list else []) + options)) -%}
    {%- endfor -%}
    {{- return(reads[0] if reads | length == 1
        else '(select * from ' ~ reads | join(' union all by name select * from ') ~ ')') -}}
{% endmacro %}


{#-
    What all reading of CSV has in common. Nothing is detected, not even comments. With another new_line than this one
    DuckDB loses the text after a lone CR.
-#}
{% macro read_csv(files, options) %}
    {{- return('read_csv(' ~ ([
        file_list(files), 'auto_detect = false', 'hive_partitioning = false', "comment = ''", "new_line = '\\n'", 'strict_mode = false',
        'max_line_size = ' ~ longest_csv_line(), 'buffer_size = ' ~ 2 * longest_csv_line(),
    ] + options) | join(', ') ~ ')') -}}
{% endmacro %}


{#- In bytes, of all the lines that one row has. -#}
{% macro longest_csv_line() %}
    {{- return(16 * 1024 * 1024) -}}
{% endmacro %}


{#- The lines of CSV files, whatever they hold, with their file as raw_origin; an empty line is null. -#}
{% macro read_csv_lines(files, options=[]) %}
    {{- return(read_csv(files, [
        "columns = {'line': 'varchar'}", 'header = false', 'delim = chr(31) || chr(30) || chr(31) || chr(30)',
        "quote = ''", "escape = ''", "filename = 'raw_origin'",
    ] + options)) -}}
{% endmacro %}


{#- The names in a header, in order. A column without a name is called after its place, from 0, as DuckDB does. -#}
{% macro header_columns(header) %}
    {%- set names = [] -%}
    {%- for field in modules.re.findall('("(?:[^"]|"")*"|[^",]*),', header ~ ',') -%}
        {%- set name = (field[1:-1] | replace('""', '"') if field[:1] == '"' else field) | trim -%}
        {%- do names.append(name or 'column' ~ loop.index0) -%}
    {%- endfor -%}
    {{- return(names) -}}
{% endmacro %}


{#-
    What is known of each of these CSV files, in their order: {path, size, modified, header, fields, rows,
    has_line_breaks, problems}. `header` is its first line, `fields` the greatest number of fields of a row, `rows` the
    number of rows, counted by lines and quotes and not by whoever splits them into fields, `problems` what of it
    cannot be read. A file that a build has looked at, and that has the same size and time since, is not looked at
    again: see note_csv_files.
-#}
{% macro csv_forms(files) %}
    {%- set forms, new = {}, [] -%}
    {%- for path, size, modified, header, fields, rows, has_line_breaks in run_query(
        'select files.path, files.size, files.modified, to_json(header), fields, rows, has_line_breaks'
        ~ ' from (select filename as path, size, epoch_us(last_modified) as modified from read_blob('
        ~ file_list(files) ~ ')) as files left join ' ~ (csv_files() if csv_files_exist() else no_csv_files())
        ~ ' as known using (path, size, modified)'
    ).rows -%}
        {%- do forms.update({path: {'path': path, 'size': size | int, 'modified': modified | int}}) -%}
        {%- if rows is none -%}
            {%- do new.append({'path': path}) -%}
        {%- else -%}
            {%- do forms[path].update({
                'header': fromjson(header), 'fields': fields | int, 'rows': rows | int,
                'has_line_breaks': has_line_breaks, 'problems': [],
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for path, form in (look_at_csv_files(new) if new else {}).items() -%}
        {%- do forms[path].update(form) -%}
    {%- endfor -%}
    {%- set in_order = [] -%}
    {%- for file in files -%}
        {%- do in_order.append(forms[file.path]) -%}
    {%- endfor -%}
    {{- return(in_order) -}}
{% endmacro %}


{#-
    Remembers the form of files that were looked at and found to be in order; but not of one that was written a moment
    ago, which may be written again within the second that its time tells.
-#}
{% macro note_csv_files(forms) %}
    {%- if forms -%}
        {%- set rows, paths = [], [] -%}
        {%- for form in forms -%}
            {%- do paths.append(sql_text(form.path)) -%}
            {%- do rows.append('(' ~ [
                sql_text(form.path), form.size, form.modified, sql_text(form.header), form.fields, form.rows,
                form.has_line_breaks,
            ] | join(', ') ~ ')') -%}
        {%- endfor -%}
        {%- do run_query('create schema if not exists ' ~ csv_files().without_identifier()) -%}
        {%- do run_query('create table if not exists ' ~ csv_files() ~ ' as select * from ' ~ no_csv_files()) -%}
        {%- do run_query('delete from ' ~ csv_files() ~ ' where path in (' ~ paths | join(', ') ~ ')') -%}
        {%- do run_query(
            'insert into ' ~ csv_files() ~ ' select * from (values ' ~ rows | join(', ')
            ~ ') as looked_at (path, size, modified) where modified < epoch_us(now()) - 2000000'
        ) -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
{% endmacro %}


{% macro csv_files() %}
    {{- return(api.Relation.create(database=target.database, schema=target.schema, identifier='csv_files')) -}}
{% endmacro %}


{% macro no_csv_files() -%}
    (
        select
            '' as path,
            cast(0 as bigint) as size,
            cast(0 as bigint) as modified,
            '' as header,
            cast(0 as bigint) as fields,
            cast(0 as bigint) as rows,
            false as has_line_breaks
        where false
    )
{%- endmacro %}


{#- dbt itself does not know of a table that a hook made. -#}
{% macro csv_files_exist() %}
    {{- return(run_query(
        'select 1 as one from duckdb_tables() where database_name = ' ~ sql_text(target.database)
        ~ ' and schema_name = ' ~ sql_text(target.schema) ~ " and table_name = 'csv_files'"
    ).rows | length > 0) -}}
{% endmacro %}
