{#- Engine differences in reading text as a type. Null for what does not parse, never an error. -#}

{% macro parse_value(expression, data_type, source_type='varchar') %}
    {{- adapter.dispatch('parse_value', 'gsmt')(expression, data_type, source_type | lower) -}}
{% endmacro %}

{% macro duckdb__parse_value(expression, data_type, source_type) %}
    {%- if source_type != 'varchar' -%}
        {#- A typed file: only widen within the declared type's family. -#}
        {%- if data_type == 'timestamp' and source_type.startswith('timestamp with') -%}
            {{ expression }} at time zone 'UTC'
        {%- else -%}
            try_cast({{ expression }} as {{ engine_type(data_type) }})
        {%- endif -%}
    {%- elif data_type == 'string' -%}
        nullif(trim({{ expression }}), '')
    {%- elif data_type == 'integer' -%}
        {#- try_cast alone would round '1.5' to 2. -#}
        case
            when regexp_full_match(trim({{ expression }}), '[+-]?[0-9]+([.]0*)?')
                then try_cast(trim({{ expression }}) as bigint)
        end
    {%- elif data_type == 'double' -%}
        {#- 'nan' and 'inf' parse as doubles and would poison every sum. -#}
        case
            when isfinite(try_cast(trim({{ expression }}) as double))
                then try_cast(trim({{ expression }}) as double)
        end
    {%- elif data_type == 'timestamp' -%}
        {#- Through a zoned type, so that an offset in the text is honoured; text without one is UTC. -#}
        try_cast(trim({{ expression }}) as timestamp with time zone) at time zone 'UTC'
    {%- else -%}
        try_cast(trim({{ expression }}) as {{ engine_type(data_type) }})
    {%- endif -%}
{% endmacro %}

{#-
    Spark reads more texts as a type than DuckDB does ('2026' as a timestamp, '0x1p3' as a double), so each
    type has a pattern first. Patterns are raw literals, since a backslash in others is an escape, and end
    with \z, since $ would overlook a line break. docs/spark.md lists what only DuckDB reads.
-#}
{% macro spark__parse_value(expression, data_type, source_type) %}
    {%- set text = 'trim(' ~ expression ~ ')' -%}
    {%- set date_pattern = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}' -%}
    {%- if source_type != 'varchar' -%}
        cast({{ expression }} as {{ engine_type(data_type) }})
    {%- elif data_type == 'string' -%}
        nullif({{ text }}, '')
    {%- elif data_type == 'integer' -%}
        {#- No match is an empty text, which is null as a number. -#}
        try_cast(regexp_extract({{ text }}, r'^([+-]?[0-9]+)([.]0*)?\z', 1) as bigint)
    {%- elif data_type == 'double' -%}
        case
            when
                {{ text }} rlike r'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\z'
                and abs(try_cast({{ text }} as double)) < double('infinity')
                then try_cast({{ text }} as double)
        end
    {%- elif data_type == 'timestamp' -%}
        {%- set time_pattern = '[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?' -%}
        {%- set zone_pattern = 'Z|[+-][0-9]{2}(:?[0-9]{2})?| [A-Za-z_]{2,}(/[A-Za-z_]+)*' -%}
        case
            when {{ text }} rlike r'^{{ date_pattern }}([ T]{{ time_pattern }}({{ zone_pattern }})?)?\z'
                then try_cast({{ text }} as timestamp)
        end
    {%- elif data_type == 'date' -%}
        case when {{ text }} rlike r'^{{ date_pattern }}([ T].*)?\z' then try_cast({{ text }} as date) end
    {%- elif data_type == 'string[]' -%}
        {#- What follows a list would be ignored. -#}
        case when {{ text }} rlike r'(?s)^\[.*\]\z' then from_json({{ text }}, 'array<string>') end
    {%- else -%}
        try_cast({{ text }} as {{ engine_type(data_type) }})
    {%- endif -%}
{% endmacro %}
