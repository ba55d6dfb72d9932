{#-
    Looks at every raw event that this run will read from raw_path or raw_schema, before anything
    is built, and returns all that is wrong as a list of sentences: a missing file, table or
    column, a wrong type.
-#}

{% macro check_raw_events() %}
    {%- set problems = [] -%}
    {%- for node in signal_models(with_derived=false) if node.unique_id in selected_resources -%}
        {%- set scenario = node.config.meta.gsmt.scenario -%}
        {%- set event = node.config.meta.gsmt.signal -%}
        {%- if is_absent_event(scenario, event) -%}
        {%- elif var('raw_path') is not none -%}
            {%- do problems.extend(check_raw_files(scenario, event)) -%}
        {%- else -%}
            {%- do problems.extend(check_raw_table(scenario, event)) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}


{% macro check_raw_files(scenario, event) %}
    {%- set files = raw_files(scenario, event) -%}
    {%- if files.location is none -%}
        {{- return([
            'no file ' ~ var('raw_path').rstrip('/') ~ '/' ~ scenario ~ '/' ~ event
            ~ '.parquet or .csv, nor a folder of them' ~ absent_event_advice(scenario, event)
        ]) -}}
    {%- elif files.others -%}
        {{- return([
            'events lie in ' ~ files.location ~ ' and in ' ~ files.others | join(', ')
            ~ '; one place for each event, please'
        ]) -}}
    {%- endif -%}
    {{- return(check_raw_columns(scenario, event, read_raw_files(files), files.location)) -}}
{% endmacro %}


{% macro check_raw_table(scenario, event) %}
    {%- set table = adapter.get_relation(target.database, var('raw_schema'), event) -%}
    {%- if table is none -%}
        {{- return([
            'no table ' ~ var('raw_schema') ~ '.' ~ event ~ absent_event_advice(scenario, event)
        ]) -}}
    {%- endif -%}
    {{- return(check_raw_columns(scenario, event, table, var('raw_schema') ~ '.' ~ event)) -}}
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
