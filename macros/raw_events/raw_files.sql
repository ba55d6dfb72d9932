{#-
    Finds an event's files under raw_path. Returns {location, format, others, days, strays}: location is a path or
    glob and format parquet or csv; location is none where no file exists, and others lists further places where
    there are files of the event. Where the files lie in folders event_date=YYYY-MM-DD, days lists these days, in
    order, folders the {day, path} of each, and strays the files that lie in none.
-#}

{% macro raw_files(scenario, event) %}
    {%- set base = var('raw_path').rstrip('/') ~ '/' ~ raw_place(scenario, event) -%}
    {%- set places = [] -%}
    {%- for suffix, format in [
        ('.parquet', 'parquet'), ('.csv', 'csv'), ('/**/*.parquet', 'parquet'), ('/**/*.csv', 'csv'),
    ] -%}
        {%- set found = run_query(
            "select file, cast(try_cast(regexp_extract(file, '.*/event_date=([0-9]{4}-[0-9]{2}-[0-9]{2})/', 1) as date)"
            ~ " as varchar) as day from glob('" ~ (base ~ suffix) | replace("'", "''") ~ "')"
        ).rows -%}
        {%- if found -%}
            {%- do places.append({'location': base ~ suffix, 'format': format, 'files': found}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set place = places[0] if places else {'location': none, 'format': none, 'files': []} -%}
    {%- set days, folders, strays = [], [], [] -%}
    {%- for file, found_day in place.files -%}
        {%- if found_day is not none -%}
            {%- set day = found_day | string -%}
            {%- set folder = '/event_date=' ~ day -%}
            {%- do days.append(day) -%}
            {%- do folders.append({'day': day, 'path': file.rsplit(folder ~ '/', 1)[0] ~ folder}) -%}
        {%- else -%}
            {%- do strays.append(file) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({
        'location': place.location,
        'format': place.format,
        'others': places[1:] | map(attribute='location') | list,
        'days': days | unique | sort,
        'folders': folders | unique(attribute='path') | list,
        'strays': strays,
    }) -}}
{% endmacro %}


{#-
    Reads an event's files; of files in folders of days, those from `first_day` on. CSV is read as text, so that
    a value that does not parse reaches the quarantine, not an error; so does a row with too few fields, whose
    last ones are null, and one with too many, whose surplus is in columns that DuckDB numbers (column12,
    column13 ...). With `with_origin` there are two more columns: raw_origin, the path of the file that a row came
    from (a log of rides may have an `origin` of its own), and, for Parquet, file_row_number, its number in there
    from 0.
-#}
{% macro read_raw_files(files, first_day=none, with_origin=false) %}
    {%- set options = ['union_by_name = true'] -%}
    {%- if files.days -%}
        {%- do options.extend(['hive_partitioning = true', "hive_types = {'event_date': date}"]) -%}
    {%- endif -%}
    {%- if files.format == 'csv' -%}
        {%- do options.extend([
            'all_varchar = true', 'header = true', "delim = ','", "quote = '\"'", "escape = '\"'",
            'null_padding = true', 'sample_size = -1',
        ]) -%}
    {%- endif -%}
    {%- if with_origin -%}
        {%- do options.append("filename = 'raw_origin'") -%}
        {%- do options.append('file_row_number = true') if files.format == 'parquet' -%}
    {%- endif -%}
    read_{{ files.format }}({{ raw_file_list(files, first_day) }}, {{ options | join(', ') }})
{% endmacro %}


{#- The path, glob or list of globs of an event's files. Where no day is new the last one is read: it has the columns. -#}
{% macro raw_file_list(files, first_day) %}
    {%- set places = [files.location] -%}
    {%- if files.days and first_day is not none -%}
        {%- set places = [] -%}
        {%- for folder in files.folders if folder.day >= first_day or folder.day == files.days | last -%}
            {%- do places.append(folder.path ~ '/**/*.' ~ files.format) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set quoted = [] -%}
    {%- for place in places -%}
        {%- do quoted.append("'" ~ place | replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    {{- quoted[0] if quoted | length == 1 else '[' ~ quoted | join(', ') ~ ']' -}}
{% endmacro %}


{#- Whether what raw_event gave reads files in folders of days: one day after the other. -#}
{% macro is_read_by_the_day(raw_relation) %}
    {{- return('hive_partitioning = true' in raw_relation) -}}
{% endmacro %}
