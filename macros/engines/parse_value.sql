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
            cast({{ expression }} as {{ engine_type(data_type) }})
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
