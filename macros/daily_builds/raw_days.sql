{#-
    What is known of the raw events of each day, in the model raw_days. A build looks at them before it builds
    anything. Of files in folders of days it compares number, size and time of change with what it saw last, and
    hashes the content of those days alone where these differ: a file that was only copied has the same bytes. Other
    files, and tables, do not say what changed in them, so all of their rows are hashed.

    Days are noted as built when their scenario was built completely, with the rows that were there before it: what
    changes meanwhile is found by the next build.
-#}

{% macro look_at_raw_days() %}
    {%- set looked_at = [] -%}
    {%- for node in signal_models(with_derived=false)
        if node.unique_id in selected_resources and node.config.materialized == 'incremental' -%}
        {%- do looked_at.append(node.config.meta.gsmt) -%}
    {%- endfor -%}
    {%- if looked_at and not raw_days_exist() -%}
        {%- do run_query(
            'create table ' ~ raw_days() ~ ' (scenario varchar, event_name varchar, kept_on date, files bigint,'
            ~ ' bytes bigint, changed_at timestamp, raw_rows bigint, fingerprint varchar, built_fingerprint varchar)'
        ) -%}
        {%- do adapter.cache_added(raw_days()) -%}
        {#- Nobody knows which rows the builds before it had read. -#}
        {%- do run_query('delete from ' ~ complete_builds()) if complete_builds_exist() -%}
    {%- endif -%}
    {%- for event in looked_at -%}
        {%- do look_at_raw_days_of(event.scenario, event.signal) -%}
    {%- endfor -%}
    {%- do adapter.commit() if looked_at -%}
{% endmacro %}


{% macro look_at_raw_days_of(scenario, event) %}
    {%- set is_of_event = 'scenario = ' ~ sql_text(scenario) ~ ' and event_name = ' ~ sql_text(event) -%}
    {%- set is_absent = is_absent_event(scenario, event) -%}
    {%- set files = raw_files(scenario, event) if var('raw_path') is not none and not is_absent else none -%}
    {%- set unchanged, found = [], none -%}
    {%- if files is none and not is_absent -%}
        {%- set table = adapter.get_relation(target.database, var('raw_schema'), raw_place(scenario, event)) -%}
        {%- set found = days_of_rows(scenario, event, table) if table -%}
    {%- elif files and files.days -%}
        {%- set changed = changed_days(files, is_of_event, anyway=last_complete_day(scenario) is none) -%}
        {%- set unchanged = files.days | reject('in', changed) | list -%}
        {%- set found = days_of_folders(files.files | selectattr('day', 'in', changed) | list, files) if changed -%}
    {%- elif files -%}
        {%- set found = days_of_rows(scenario, event, read_raw_files(files)) -%}
    {%- endif -%}
    {%- do run_query(
        'update ' ~ raw_days() ~ ' set files = null, bytes = null, changed_at = null, raw_rows = 0, fingerprint = null'
        ~ ' where ' ~ is_of_event ~ " and cast(kept_on as varchar) not in ('" ~ unchanged | join("', '") ~ "')"
    ) -%}
    {%- do run_query(note_raw_days(scenario, event, found)) if found -%}
{% endmacro %}


{#- The days of an event whose folders are not as they were seen last, in order; `anyway`, all of its days. -#}
{% macro changed_days(files, is_of_event, anyway) %}
    {%- if anyway -%}
        {{- return(files.days) -}}
    {%- endif -%}
    {%- set found = run_query(
        'select cast(kept_on as varchar) from (' ~ folders_of_days(files) ~ ' except select kept_on, files, bytes,'
        ~ ' changed_at from ' ~ raw_days() ~ ' where ' ~ is_of_event ~ ') as changed order by kept_on'
    ) -%}
    {{- return(found.columns[0].values() | map('string') | list) -}}
{% endmacro %}


{#- A query of the folders of days of an event: number, size and newest change of the files in each. -#}
{% macro folders_of_days(files) %}
    select {{ folder_columns(files) }}
    from read_blob({{ file_list(files.files | selectattr('day') | list) }})
    group by kept_on
{% endmacro %}


{#- What is said of a folder of a day, from rows of read_blob. -#}
{% macro folder_columns(files) -%}
    {{ day_of_file('substr(filename, ' ~ (files.base | length + 1) ~ ')') }} as kept_on,
    count(*) as files,
    sum(size) as bytes,
    cast(max(last_modified) as timestamp) as changed_at
{%- endmacro %}


{#-
    A query of days whose files lie in folders: what folders_of_days says of them, their rows, and a fingerprint of the
    bytes. `chosen` are the files of these days, of all `files` of the event. Parquet says itself how many rows it has.
-#}
{% macro days_of_folders(chosen, files) %}
    with

    row_counts as (
        {%- if files.format == 'parquet' %}
        select
            file_name as path,
            num_rows as raw_rows
        from parquet_file_metadata({{ file_list(chosen) }})
        {%- else %}
        select *
        from (
            values
            {%- for form in csv_forms(chosen) %}
            ({{ sql_text(form.path) }}, {{ form.rows }}){{ ',' if not loop.last }}
            {%- endfor %}
        ) as counted (path, raw_rows)
        {%- endif %}
    ),

    contents as (
        select
            filename,
            size,
            last_modified,
            md5(content) as fingerprint
        from read_blob({{ file_list(chosen) }})
    )

    select
        {{ folder_columns(files) }},
        sum(row_counts.raw_rows) as raw_rows,
        md5(string_agg(contents.fingerprint, '' order by contents.fingerprint)) as fingerprint
    from contents
    inner join row_counts on contents.filename = row_counts.path
    group by kept_on
{% endmacro %}


{#- A query of the days of all rows of an event: how many each has, and a fingerprint of them. -#}
{% macro days_of_rows(scenario, event, relation) %}
    {%- set rows = fields_in(scenario, event, relation, none)[0] -%}
    {%- set columns = event_columns(scenario, event) -%}
    {%- set types = describe_fields(rows) -%}
    {%- set partition = partition_column(rows, types, columns) -%}
    with

    fields as (
        select
            coalesce(
                {%- if partition %}
                raw.{{ partition }},
                {%- endif %}
                {%- for column in columns if column.name in ['event_at', 'received_at'] %}
                cast({{ parsed_field(column, columns, types) }} as date),
                {%- endfor %}
                cast('9999-12-31' as date)
            ) as kept_on
            {%- for column in columns %},
            {#- Text as it came, since the quarantine keeps what does not parse. -#}
            {%- set is_text = types.get(column.name) == 'VARCHAR' %}
            {{ 'raw.' ~ column.name if is_text else parsed_field(column, columns, types) }} as {{ column.name }}
            {%- endfor %}
        from {{ rows }} as raw
    ),

    {#- What is null adds nothing, so that a field which is new, and null in history, changes no day before. -#}
    compared as (
        select
            kept_on,
            {%- for column in columns %}
            {{ '+ ' if not loop.first }}case
                when {{ column.name }} is null then 0
                else cast(hash({{ sql_text(column.name) }}, {{ column.name }}) as hugeint)
            end
            {%- endfor %} as row_hash
        from fields
    )

    select
        kept_on,
        count(*) as raw_rows,
        {{ rows_fingerprint('compared') }} as fingerprint,
        cast(null as bigint) as files,
        cast(null as bigint) as bytes,
        cast(null as timestamp) as changed_at
    from compared
    group by kept_on
{% endmacro %}


{#- A statement that notes the days that a query has found of an event. -#}
{% macro note_raw_days(scenario, event, found) %}
    merge into {{ raw_days() }} as raw_days
    using (
        {{ found | trim }}
    ) as found
    on
        raw_days.scenario = {{ sql_text(scenario) }}
        and raw_days.event_name = {{ sql_text(event) }}
        and raw_days.kept_on = found.kept_on
    when matched then update set
        files = found.files,
        bytes = found.bytes,
        changed_at = found.changed_at,
        raw_rows = found.raw_rows,
        fingerprint = found.fingerprint
    when not matched then insert (scenario, event_name, kept_on, files, bytes, changed_at, raw_rows, fingerprint)
    values (
        {{ sql_text(scenario) }}, {{ sql_text(event) }}, found.kept_on, found.files, found.bytes, found.changed_at,
        found.raw_rows, found.fingerprint
    )
{% endmacro %}


{#- After a run: notes that the days of a scenario are built, from the first one that it staged. -#}
{% macro note_built_days(scenario) %}
    {%- set first_day = first_day_to_stage(scenario) -%}
    {%- do run_query(
        'update ' ~ raw_days() ~ ' set built_fingerprint = fingerprint where scenario = ' ~ sql_text(scenario)
        ~ (" and kept_on >= date '" ~ first_day ~ "'" if first_day is not none)
    ) -%}
    {%- do run_query(
        'delete from ' ~ raw_days() ~ ' where scenario = ' ~ sql_text(scenario)
        ~ ' and fingerprint is null and built_fingerprint is null'
    ) -%}
{% endmacro %}


{% macro raw_days() %}
    {{- return(api.Relation.create(database=target.database, schema=target.schema, identifier='raw_days')) -}}
{% endmacro %}


{% macro raw_days_exist() %}
    {{- return(load_relation(raw_days()) is not none) -}}
{% endmacro %}
