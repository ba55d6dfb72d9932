{#-
    The select list that reads the raw columns of an event as their declared types, each followed
    by <field>_is_malformed where there was text that does not read as its type, and at the end
    has_surplus_fields where the raw event has surplus columns and the partition column where it has one.
-#}

{% macro parsed_event(columns, raw_types, surplus=[], partition=none) %}
    {%- set expressions = [] -%}
    {%- for column in columns -%}
        {%- set raw_type = raw_types.get(column.name, 'varchar') | lower -%}
        {%- set parsed = parse_value('raw.' ~ column.name, column.data_type, raw_type) | trim -%}
        {%- do expressions.append(parsed ~ ' as ' ~ column.name) -%}
        {%- if column.data_type != 'string' -%}
            {%- set is_malformed = 'false' -%}
            {%- if raw_type == 'varchar' -%}
                {%- set is_malformed = "(nullif(trim(raw." ~ column.name ~ "), '') is not null and " ~ parsed ~ ' is null)' -%}
            {%- endif -%}
            {%- do expressions.append(is_malformed ~ ' as ' ~ column.name ~ '_is_malformed') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if surplus -%}
        {%- do expressions.append('coalesce(raw.' ~ surplus | join(', raw.') ~ ') is not null as has_surplus_fields') -%}
    {%- endif -%}
    {%- if partition is not none -%}
        {%- do expressions.append('raw.' ~ partition) -%}
    {%- endif -%}
    {{- expressions | join(',\n        ') -}}
{% endmacro %}


{#- Order in which the copies of one event arrived; the rest of the row only breaks ties. -#}
{% macro arrival_order(columns) %}
    received_at
    {%- for column in columns
        if column.name not in ['received_at', 'event_id'] and not column.data_type.endswith('[]') -%}
        , {{ column.name }} nulls last
    {%- endfor -%}
{% endmacro %}
