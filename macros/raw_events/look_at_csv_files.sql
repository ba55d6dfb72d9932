{#-
    Reads CSV files line by line, for csv_forms: what each is like, by its path. A quote in a line, but for those that
    come in pairs, opens a field that goes on in the next line, or closes it; so the number of quotes before a line
    says whether it begins within a field. With a quote before it if it does, and one after it if it ends so, each
    line is to be a row of whole fields.
-#}

{% macro look_at_csv_files(files) %}
    {%- set forms, alike = {}, {} -%}
    {%- set firsts = first_lines(files) -%}
    {%- for file in files -%}
        {%- set first = firsts[file.path] -%}
        {%- set problems = first.problems or unreadable_header(first.header) -%}
        {%- do forms.update({file.path: {
            'header': first.header, 'fields': 0, 'rows': 0, 'has_line_breaks': false, 'problems': problems,
        }}) -%}
        {%- do alike.setdefault(first.header, []).append(file) if not problems -%}
    {%- endfor -%}
    {%- for header, together in alike.items() -%}
        {%- set found = run_query(rows_of_csv_files(together, header)).rows -%}
        {%- if found | map(attribute='stays_open') | select | list and together | length > 1 -%}
            {#- A quote that stays open spoils what is said of the file after it. -#}
            {%- set found = [] -%}
            {%- for file in together -%}
                {%- do found.extend(run_query(rows_of_csv_files([file], header)).rows) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- for row in found -%}
            {%- do forms[row.raw_origin].update({
                'rows': row.rows | int, 'fields': row.fields | int, 'has_line_breaks': row.has_line_breaks,
                'problems': unreadable_rows(row),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(forms) -}}
{% endmacro %}


{#- What is wrong with the rows of a file, as ends of sentences; `found` is from rows_of_csv_files. -#}
{% macro unreadable_rows(found) %}
    {%- set problems = [] -%}
    {%- if found.misquoted_row is not none -%}
        {%- do problems.append(
            csv_row(found.misquoted_row) ~ ' has a quote that is neither around a field nor doubled in one: '
            ~ fromjson(found.misquoted_text)
        ) -%}
    {%- elif found.stays_open -%}
        {%- do problems.append(csv_row(found.last_quote_row) ~ ' has a quote that is never closed') -%}
    {%- endif -%}
    {%- if found.bytes > longest_csv_line() -%}
        {%- do problems.append(
            'has a row of ' ~ found.bytes ~ ' bytes; at most ' ~ longest_csv_line() ~ ' are read'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro csv_row(number) %}
    {{- return('the header' if number == 0 else 'row ' ~ number) -}}
{% endmacro %}


{#- {header, problems} by path: the first line of each file, and what of it is no text. -#}
{% macro first_lines(files) %}
    {%- set firsts = {} -%}
    {%- for file in files -%}
        {%- do firsts.update({file.path: {'header': '', 'problems': ['is empty, and has no header']}}) -%}
    {%- endfor -%}
    {%- for table in ['unread_lines', 'unread_files'] -%}
        {%- do run_query('drop table if exists temp.' ~ table) -%}
    {%- endfor -%}
    {%- set lines = read_csv_lines(files, [
        'store_rejects = true', "rejects_table = 'unread_lines'", "rejects_scan = 'unread_files'", 'rejects_limit = 1',
    ]) -%}
    {%- for path, header in run_query(
        "select raw_origin, to_json(coalesce(line, '')) from (select *, lag(raw_origin) over () as file_before from "
        ~ lines ~ ') as lines where raw_origin is distinct from file_before'
    ).rows -%}
        {%- do firsts.update({path: {'header': fromjson(header), 'problems': []}}) -%}
    {%- endfor -%}
    {%- for path, error, at, text in run_query(
        'select file_path, error_type, byte_position, to_json(left(trim(csv_line, chr(10) || chr(13)), 60)) from temp.unread_lines'
        ~ ' inner join temp.unread_files using (scan_id, file_id)'
    ).rows -%}
        {%- set problem = 'is not UTF-8' if error == 'INVALID ENCODING'
            else 'has a row of more than ' ~ longest_csv_line() ~ ' bytes' -%}
        {%- do firsts[path].update({'problems': [problem ~ ', at byte ' ~ at ~ ': ' ~ fromjson(text)]}) -%}
    {%- endfor -%}
    {{- return(firsts) -}}
{% endmacro %}


{#- What is wrong with a header, as ends of sentences. -#}
{% macro unreadable_header(header) %}
    {%- set names = header_columns(header) -%}
    {%- if not header -%}
        {{- return(['has an empty first line, where its header should be']) -}}
    {%- elif header.count('"') % 2 -%}
        {{- return(['has a header of several lines']) -}}
    {%- elif names | length == 1 -%}
        {{- return(["the header has one field, '" ~ header[:80] ~ "'; a comma separates fields"]) -}}
    {%- endif -%}
    {{- return(unreadable_names(names)) -}}
{% endmacro %}


{#-
    For each of the files, which have the same header: its path, rows, greatest number of fields, bytes of the longest
    row, number and text of the first row with a misplaced quote, number of the last row with a quote that opens or
    closes lines, whether that stays open, and whether a row has several lines. The header is row 0. Only a line with
    more commas than the header can have more fields. Windows run over lines in the order of the files, as they are read.
-#}
{% macro rows_of_csv_files(files, header) %}
    {%- set commas = header_columns(header) | length - 1 -%}
    {%- set field = '(?:[^",]*|"(?:[^"]|"")*")' -%}
with

lines as (

    select
        raw_origin,
        coalesce(line, '') as line,
        case
            when contains(line, '"') then (strlen(line) - strlen(replace(line, '"', ''))) % 2 = 1
            else false
        end as is_turn
    from {{ read_csv_lines(files) }}

),

counted as (

    select
        *,
        count(case when is_turn then 1 end) over (rows unbounded preceding) % 2 = 1 as ends_within
    from lines

),

within_quotes as (

    select
        *,
        ends_within <> is_turn as begins_within
    from counted

),

numbered as (

    select
        *,
        begins_within or ends_within as is_one_of_several,
        not begins_within and line <> '' as begins_a_row,
        count(case when not begins_within and line <> '' then 1 end) over (rows unbounded preceding) as row_number
    from within_quotes

),

framed as (

    select
        *,
        case
            when is_one_of_several
                then concat(case when begins_within then '"' end, line, case when ends_within then '"' end)
            when contains(line, '"') then line
        end as quoted_text
    from numbered

),

judged as (

    select
        raw_origin,
        case when is_one_of_several then row_number end as row_of_lines,
        row_number,
        begins_a_row,
        is_turn,
        line,
        coalesce(not regexp_full_match(quoted_text, '(?s){{ field }}(?:,{{ field }})*'), false) as is_misquoted,
        case
            when is_one_of_several or line like {{ sql_text('%,' * (commas + 1) ~ '%') }}
                then strlen(regexp_replace(coalesce(quoted_text, line), '"[^"]*"|[^,"]+', '', 'g'))
            else {{ commas }}
        end as commas
    from framed

),

row_lengths as (

    select
        raw_origin,
        row_of_lines,
        count(case when begins_a_row then 1 end) as rows,
        case when row_of_lines is null then max(commas) else sum(commas) end + 1 as fields,
        case when row_of_lines is null then max(strlen(line)) else sum(strlen(line) + 2) end as bytes,
        min(row_number) as first_row,
        min(case when is_misquoted then row_number end) as misquoted_row,
        min_by(left(line, 80), row_number) filter (where is_misquoted) as misquoted_text,
        max(case when is_turn then row_number end) as last_quote_row,
        count(case when is_turn then 1 end) as turns
    from judged
    where line <> '' or row_of_lines is not null
    group by
        raw_origin,
        row_of_lines

)

select
    raw_origin,
    sum(rows) - 1 as rows,
    max(fields) as fields,
    max(bytes) as bytes,
    min(misquoted_row) - min(first_row) as misquoted_row,
    to_json(min_by(misquoted_text, misquoted_row)) as misquoted_text,
    max(last_quote_row) - min(first_row) as last_quote_row,
    sum(turns) % 2 = 1 as stays_open,
    bool_or(row_of_lines is not null) as has_line_breaks
from row_lengths
group by raw_origin
{% endmacro %}
