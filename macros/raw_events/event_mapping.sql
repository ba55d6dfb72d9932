{#-
    How a log of your own is read as an event of the project, from var event_mapping: {place, where, fields}. None
    for an event that is read as it lies. What `every_event` of its scenario says holds where the event says
    nothing else. docs/mapping.md explains what a mapping can say; check_event_mapping sees that it says nothing else.
-#}

{% macro event_mapping(scenario, event) %}
    {%- set entries = var('event_mapping').get(scenario) or {} -%}
    {%- if reads_seeds() or is_absent_event(scenario, event) or not (event in entries or 'every_event' in entries) -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set shared, own = entries.get('every_event') or {}, entries.get(event) or {} -%}
    {{- return({
        'place': own.get('from', shared.get('from')),
        'where': dict(shared.get('where') or {}, **(own.get('where') or {})),
        'fields': dict(shared.get('fields') or {}, **(own.get('fields') or {})),
    }) -}}
{% endmacro %}


{#-
    Where each declared field comes from: {column, source}, source as in the mapping, but always a dictionary;
    none for a field that has no source. A field that the mapping does not name is the column of its name.
-#}
{% macro mapped_fields(scenario, event, raw_types) %}
    {%- set fields = event_mapping(scenario, event).fields -%}
    {%- set found = [] -%}
    {%- for column in event_columns(scenario, event) -%}
        {%- set source = fields.get(column.name) -%}
        {%- if column.name not in fields and found_column(raw_types, column.name) is not none -%}
            {%- set source = column.name -%}
        {%- endif -%}
        {%- if source is not none and source is not mapping -%}
            {%- set source = {'column': source} -%}
        {%- endif -%}
        {%- do found.append({'column': column, 'source': source}) -%}
    {%- endfor -%}
    {{- return(found) -}}
{% endmacro %}


{#-
    The columns that an event is read from and that must be of a type: those that it declares, or those of a log that
    its fields are mapped to, but for what is read as text.
-#}
{% macro columns_in_files(scenario, event) %}
    {%- set mapped = event_mapping(scenario, event) -%}
    {%- set columns = [] -%}
    {%- for column in event_columns(scenario, event) -%}
        {%- if mapped is none or column.name not in mapped.fields -%}
            {%- do columns.append(column) -%}
        {%- else -%}
            {%- set source = mapped.fields[column.name] -%}
            {%- if source is string -%}
                {%- do columns.append({'name': source, 'data_type': column.data_type}) -%}
            {%- elif source is mapping and 'column' in source and 'values' not in source and 'format' not in source -%}
                {%- do columns.append({
                    'name': source.column, 'data_type': 'double' if 'unit' in source else column.data_type
                }) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(columns) -}}
{% endmacro %}


{#- A column of a log as it is written there, whatever its case in the mapping; none if there is no such column. -#}
{% macro found_column(raw_types, name) %}
    {%- for column in raw_types if column | lower == name | string | lower -%}
        {{- return(column) -}}
    {%- endfor -%}
    {{- return(none) -}}
{% endmacro %}


{#- The names of the columns that one source reads; those of an expression are its own. -#}
{% macro columns_of_source(source) %}
    {%- if source is none -%}
        {{- return([]) -}}
    {%- endif -%}
    {{- return([source.column] if 'column' in source else source.get('columns', [])) -}}
{% endmacro %}


{#- The rows of a log that are the event, with its fields; beside them what staging looks for in any raw event. -#}
{% macro mapped_event(scenario, event, relation) %}
    {%- set raw_types = describe_relation(relation) -%}
    {%- set rows_of_event = mapped_rows(scenario, event, raw_types) -%}
    (
        select
            {{ mapped_columns(scenario, event, relation, raw_types) | map(attribute='expression') | join(',\n            ') }}
        from {{ relation }}
        {%- if rows_of_event %}
        where {{ rows_of_event | join(' and ') }}
        {%- endif %}
    )
{% endmacro %}


{#-
    The same rows as raw_event_with_origin gives them. Rows are numbered before those of other events are left out.
-#}
{% macro mapped_event_with_origin(scenario, event, relation, first_day) %}
    {%- set raw_types = describe_relation(relation) -%}
    {%- set columns = mapped_columns(scenario, event, relation, raw_types) -%}
    {%- set rows_of_event = mapped_rows(scenario, event, raw_types) or ['true'] -%}
    {%- set of_the_log = raw_types.keys() | reject('equalto', partition_column(relation, raw_types, [])) | list -%}
    {%- set expressions = columns | map(attribute='expression') | list + [
        packed_row(of_the_log, raw_types) | trim ~ ' as original_row',
        '(' ~ rows_of_event | join(' and ') ~ ') as is_of_event',
    ] -%}
    (
        select
            {{ columns | map(attribute='name') | join(', ') }},
            original_row,
            origin,
            origin_row
        from {{ rows_with_origin(scenario, event, relation, expressions, first_day) }} as rows_of_log
        where is_of_event
    )
{% endmacro %}


{#- The columns of a mapped event as {name, expression}: its fields, surplus columns, and the day of the partition. -#}
{% macro mapped_columns(scenario, event, relation, raw_types) %}
    {%- set fields = mapped_fields(scenario, event, raw_types) -%}
    {%- set declared = fields | map(attribute='column') | list -%}
    {%- set columns = [] -%}
    {%- for field in fields -%}
        {%- do columns.append({
            'name': field.column.name,
            'expression': mapped_value(field, fields, raw_types) | trim ~ ' as ' ~ field.column.name,
        }) -%}
    {%- endfor -%}
    {%- set used = event_mapping(scenario, event).where.keys() | list -%}
    {%- for field in fields -%}
        {%- do used.extend(columns_of_source(field.source)) -%}
    {%- endfor -%}
    {%- set partition = partition_column(relation, raw_types, declared) -%}
    {%- set surplus = surplus_columns(raw_types) | reject('in', used) | list -%}
    {%- for name in surplus + ([partition] if partition else []) -%}
        {%- do columns.append({'name': name, 'expression': name}) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{% endmacro %}


{#- The conditions that a row of the log meets if it is the event. -#}
{% macro mapped_rows(scenario, event, raw_types) %}
    {%- set conditions = [] -%}
    {%- for column, wanted in event_mapping(scenario, event).where.items() -%}
        {%- set literals = [] -%}
        {%- for one in (wanted if wanted is sequence and wanted is not string else [wanted]) -%}
            {%- do literals.append(sql_text(scalar_text(one))) -%}
        {%- endfor -%}
        {%- do conditions.append(column_as_text(column, raw_types) ~ ' in (' ~ literals | join(', ') ~ ')') -%}
    {%- endfor -%}
    {{- return(conditions) -}}
{% endmacro %}


{#- A column of a log as text without blanks around it; null where there is none. -#}
{% macro column_as_text(column, raw_types) %}
    {%- set name = found_column(raw_types, column) -%}
    {%- set text = quoted_name(name) | trim -%}
    {%- if raw_types[name] != 'VARCHAR' -%}
        {%- set text = 'cast(' ~ text ~ ' as ' ~ engine_type('string') ~ ')' -%}
    {%- endif -%}
    {{- return("nullif(trim(" ~ text ~ "), '')") -}}
{% endmacro %}


{#- A value of YAML as the text that it is in a log. -#}
{% macro scalar_text(value) %}
    {{- return(value | string | lower if value is boolean else value | string) -}}
{% endmacro %}


{#- A field as an expression over the columns of the log; `fields` are all of the event, for one that is as another. -#}
{% macro mapped_value(field, fields, raw_types) %}
    {%- set source = field.source -%}
    {%- if source is none or ('constant' in source and source.constant is none) -%}
        cast(null as {{ engine_type('string') }})
    {%- elif 'constant' in source -%}
        {{ sql_text(scalar_text(source.constant)) }}
    {%- elif 'field' in source -%}
        {%- set same_as = fields | selectattr('column.name', 'equalto', source.field) | first -%}
        {{ mapped_value(same_as or {'source': none}, fields, raw_types) }}
    {%- elif 'columns' in source -%}
        {%- set texts = [] -%}
        {%- for column in source.columns -%}
            {%- do texts.append('coalesce(' ~ column_as_text(column, raw_types) ~ ", '')") -%}
        {%- endfor -%}
        nullif(concat_ws('|', {{ texts | join(', ') }}), '{{ '|' * (texts | length - 1) }}')
    {%- elif 'sql' in source -%}
        (
            {{ source.sql }}
        )
    {%- elif 'values' in source -%}
        {%- set text = column_as_text(source.column, raw_types) -%}
        case {{ text }}
            {%- for theirs, ours in source['values'].items() %}
            when {{ sql_text(scalar_text(theirs)) }} then {{ 'null' if ours is none else sql_text(scalar_text(ours)) }}
            {%- endfor %}
            else {{ text }}
        end
    {%- elif 'unit' in source or 'format' in source -%}
        {{ converted_value(field, raw_types) }}
    {%- else -%}
        {{ quoted_name(found_column(raw_types, source.column)) }}
    {%- endif -%}
{% endmacro %}


{#-
    A column in another unit, or a time in another form, as text of the field. What does not read as it, as a time
    after the last one or a number that is none, becomes text that reads as nothing else, so that the row goes to the
    quarantine and is not taken for one without a value.
-#}
{% macro converted_value(field, raw_types) %}
    {%- set source = field.source -%}
    {%- set name = found_column(raw_types, source.column) -%}
    {%- set number = parse_value(quoted_name(name) | trim, 'double', raw_types[name]) | trim -%}
    {%- if 'format' in source -%}
        {%- set converted = time_in_format(column_as_text(name, raw_types), source.format) -%}
    {%- else -%}
        {%- set times, over = mapped_units(field.column)[source.unit] -%}
        {%- if field.column.data_type == 'timestamp' -%}
            {%- set converted = time_of_unix_seconds('(' ~ number ~ ') / ' ~ over) -%}
        {%- else -%}
            {%- set converted = '(' ~ number ~ ') * ' ~ times ~ ' / ' ~ over -%}
            {%- if field.column.data_type == 'integer' -%}
                {%- set converted = 'try_cast(round(' ~ converted ~ ') as ' ~ engine_type('integer') ~ ')' -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    coalesce(
        cast({{ converted | trim }} as {{ engine_type('string') }}),
        'unreadable: ' || {{ column_as_text(name, raw_types) }}
    )
{% endmacro %}


{#-
    The units in which a column may have a field, each with what it is multiplied with and divided by. Of a number
    the unit is the word in the field's name (duration_seconds); of a time it is that of its count since 1970.
-#}
{% macro mapped_units(column) %}
    {%- if column.data_type == 'timestamp' -%}
        {{- return({'unix_seconds': [1, 1], 'unix_milliseconds': [1, 1000], 'unix_microseconds': [1, 1000000]}) -}}
    {%- endif -%}
    {%- set units = {
        'seconds': {'milliseconds': [1, 1000], 'seconds': [1, 1], 'minutes': [60, 1], 'hours': [3600, 1]},
        'usd': {'cents': [1, 100], 'dollars': [1, 1]},
        'km': {'meters': [1, 1000], 'kilometers': [1, 1], 'miles': [1.609344, 1]},
    } -%}
    {%- for word in column.name.split('_') if word in units and column.data_type in ['integer', 'double'] -%}
        {{- return(units[word]) -}}
    {%- endfor -%}
    {{- return({}) -}}
{% endmacro %}
