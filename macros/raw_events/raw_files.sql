{#-
    The files of an event below raw_path: <place>.parquet or .csv, or all that lie in the folder <place>, which may have
    folders event_date=YYYY-MM-DD. Returns {base, format, location, files, days, strays, others, unread}. `format` is
    parquet or csv, none where there is no file, and `location` says in a message where they lie. `files` lists
    {path, day}, in order, day being none outside such a folder; `days` the days, in order; `strays` the files that lie
    under no day where others do; `others` further places with files of the event; `unread` the files that are in no
    such format. What begins with a dot or an underscore, or ends with .tmp or .crc, is what programs leave behind.
    A file may be a link, a folder three deep.
-#}

{% macro raw_files(scenario, event) %}
    {%- set base = raw_base(scenario, event) -%}
    {%- set listed = [] -%}
    {%- for below in ['.*', '/**', '/*', '/*/*', '/*/*/*'] -%}
        {%- do listed.append('select file from glob(' ~ sql_text(literal_glob(base) ~ below) ~ ')') -%}
    {%- endfor -%}
    {%- set found = run_query(
        "select file, case when name like '/%' then lower(regexp_extract(name, '[.][^./]*$')) else lower(name) end,"
        ~ ' cast(' ~ day_of_file('name') ~ " as varchar), name like '/%'"
        ~ ' from (select file, substr(file, ' ~ (base | length + 1) ~ ') as name from ('
        ~ listed | join(' union ') ~ ') as listed) as files'
        ~ " where not regexp_matches(name, '/[._]|[.](tmp|crc)$') order by file"
    ).rows -%}
    {%- set places, unread = {}, [] -%}
    {%- for path, ending, day, is_in_folder in found -%}
        {%- if ending in ['.parquet', '.csv'] -%}
            {%- do places.setdefault(base ~ ('/**/*' if is_in_folder else '') ~ ending, []).append({
                'path': path, 'format': ending[1:], 'day': none if day is none else day | string,
            }) -%}
        {%- else -%}
            {%- do unread.append(path) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set locations = [] -%}
    {%- for ending in ['.parquet', '.csv', '/**/*.parquet', '/**/*.csv'] if base ~ ending in places -%}
        {%- do locations.append(base ~ ending) -%}
    {%- endfor -%}
    {%- set files = places.get(locations | first, []) -%}
    {%- set days = files | map(attribute='day') | select | unique | sort -%}
    {{- return({
        'base': base,
        'format': files[0].format if files else none,
        'location': locations[0] if files else none,
        'files': files,
        'days': days,
        'strays': files | selectattr('day', 'none') | map(attribute='path') | list if days else [],
        'others': locations[1:],
        'unread': unread,
    }) -}}
{% endmacro %}


{#- Where an event's files lie, without their endings. -#}
{% macro raw_base(scenario, event) %}
    {{- return(modules.re.sub('(?<!:)/+', '/', raw_path() ~ '/' ~ raw_place(scenario, event))) -}}
{% endmacro %}


{#- The var raw_path as it was given: var() would render braces in it. -#}
{% macro raw_path() %}
    {{- return(invocation_args_dict.get('vars', {}).get('raw_path', var('raw_path'))) -}}
{% endmacro %}


{#- A pattern that stands for one path: DuckDB takes every path for a pattern, and knows no other escape. -#}
{% macro literal_glob(path) %}
    {{- return(modules.re.sub('[*?[]', '[\\g<0>]', path)) -}}
{% endmacro %}


{#- The day of the folder event_date=YYYY-MM-DD in which a file lies, whose path is in an SQL expression. -#}
{% macro day_of_file(path) -%}
    try_cast(regexp_extract({{ path }}, '/event_date=([0-9]{4}-[0-9]{2}-[0-9]{2})/', 1) as date)
{%- endmacro %}


{#- The files of an event from `first_day` on. Where no day is new the last one is read: it has the columns. -#}
{% macro files_from(files, first_day) %}
    {%- if first_day is none or not files.days -%}
        {{- return(files.files) -}}
    {%- endif -%}
    {%- set first_of_them = [first_day, files.days | last] | min -%}
    {{- return(files.files | selectattr('day') | selectattr('day', 'ge', first_of_them) | list) -}}
{% endmacro %}


{#-
    Reads an event's files; of files in folders of days, those from `first_day` on, each row with its day as event_date.
    With `with_origin` there are two more columns: raw_origin, the path of the file that a row came from, and, for
    Parquet, file_row_number, its number in there from 0; no file may have columns of these names. DuckDB's own reading
    of such folders would take those above raw_path for columns, too.
-#}
{% macro read_raw_files(files, first_day=none, with_origin=false) %}
    {%- set options = ["filename = 'raw_origin'"] if files.days or with_origin else [] -%}
    {%- set chosen = files_from(files, first_day) -%}
    {%- if files.format == 'csv' -%}
        {%- set rows = read_csv_files(chosen, options) -%}
    {%- else -%}
        {%- do options.append('file_row_number = true') if with_origin -%}
        {%- do options.extend(['union_by_name = true', 'hive_partitioning = false']) -%}
        {%- set rows = 'read_parquet(' ~ ([file_list(chosen)] + options) | join(', ') ~ ')' -%}
    {%- endif -%}
    {%- if not files.days -%}
        {{- return(rows) -}}
    {%- endif -%}
    (
        select
            {{ day_of_file('substr(raw_origin, ' ~ (files.base | length + 1) ~ ')') }} as event_date,
            *{{ ' exclude (raw_origin)' if not with_origin }}
        from {{ rows }}
    )
{% endmacro %}


{#- Files as a list in SQL: one pattern of them all, since a call for each of some hundred paths takes long. -#}
{% macro file_list(files) %}
    {%- set patterns = literal_glob(files | map(attribute='path') | join('\0')).split('\0') -%}
    {{- return('[' ~ sql_texts(patterns) ~ ']') -}}
{% endmacro %}


{#- Whether what raw_event gave reads files in folders of days: one day after the other. -#}
{% macro is_read_by_the_day(raw_relation) %}
    {{- return('as event_date,' in raw_relation) -}}
{% endmacro %}
