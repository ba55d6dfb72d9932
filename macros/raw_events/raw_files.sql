{#-
    Finds an event's files under raw_path. Returns {location, format, others}, where location is a
    path or glob and format is parquet or csv; location is none where no file exists, and others
    lists further places where there are files of the event.
-#}

{% macro raw_files(scenario, event) %}
    {%- set base = var('raw_path').rstrip('/') ~ '/' ~ scenario ~ '/' ~ event -%}
    {%- set places = [] -%}
    {%- for suffix, format in [
        ('.parquet', 'parquet'), ('.csv', 'csv'), ('/**/*.parquet', 'parquet'), ('/**/*.csv', 'csv'),
    ] -%}
        {%- set found = run_query(
            "select count(*) as files from glob('" ~ (base ~ suffix) | replace("'", "''") ~ "')"
        ) -%}
        {%- if found.rows[0][0] > 0 -%}
            {%- do places.append({'location': base ~ suffix, 'format': format}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set place = places[0] if places else {'location': none, 'format': none} -%}
    {{- return(dict(place, others=places[1:] | map(attribute='location') | list)) -}}
{% endmacro %}


{#-
    CSV is read as text, so that a value that does not parse reaches the quarantine, not an error;
    so does a row with too few fields, whose last ones are null, and one with too many, whose
    surplus is in columns that DuckDB numbers (column12, column13 ...). `origin` names a column for
    the path of the file that a row came from.
-#}
{% macro read_raw_files(files, origin=none) %}
    {%- set location = files.location | replace("'", "''") -%}
    {%- set options = ['union_by_name = true'] -%}
    {%- if files.format == 'csv' -%}
        {%- do options.extend([
            'all_varchar = true', 'header = true', "delim = ','", "quote = '\"'", "escape = '\"'",
            'null_padding = true', 'sample_size = -1',
        ]) -%}
    {%- endif -%}
    {%- if origin is not none -%}
        {%- do options.append("filename = '" ~ origin ~ "'") -%}
    {%- endif -%}
    read_{{ files.format }}('{{ location }}', {{ options | join(', ') }})
{% endmacro %}


{#- The type of each column of a relation, by name. -#}
{% macro describe_relation(relation) %}
    {%- set types = {} -%}
    {%- for row in run_query('describe select * from ' ~ relation).rows -%}
        {%- do types.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {{- return(types) -}}
{% endmacro %}
