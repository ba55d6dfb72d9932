{#-
    All that is wrong with what var event_mapping says, before any log is looked at: {place: list of sentences}, where
    the place is '<scenario>.<event>', or a scenario. Only places with problems are in it.
-#}

{% macro check_event_mapping() %}
    {%- set found = {} -%}
    {%- set scenarios = var('event_mapping') -%}
    {%- set known = known_events() -%}
    {%- for scenario, entries in scenarios.items() if entries is not none and not is_switched_off(scenario) -%}
        {%- set place = 'event_mapping.' ~ scenario -%}
        {%- if scenario not in known -%}
            {%- do found.update({scenario: [place ~ ' is not a scenario; those are ' ~ known | join(', ')]}) -%}
        {%- else -%}
            {%- for event, entry in entries.items() -%}
                {%- if event not in known[scenario] + ['every_event'] -%}
                    {%- set problems = [
                        place ~ '.' ~ event ~ ' is not an event; those are ' ~ known[scenario] | join(', ')
                    ] -%}
                {%- else -%}
                    {%- set fields = mappable_fields(scenario, event) -%}
                    {%- set problems = check_mapped_entry(place ~ '.' ~ event, entry or {}, fields) -%}
                {%- endif -%}
                {%- if is_absent_event(scenario, event) -%}
                    {%- do problems.append(place ~ '.' ~ event ~ ': is mapped, and named in absent_events') -%}
                {%- endif -%}
                {%- do found.update({scenario ~ '.' ~ event: problems}) if problems -%}
            {%- endfor -%}
            {%- for event in known[scenario] if takes_a_log_of_all(scenario, event, entries) -%}
                {%- do found.update({scenario ~ '.' ~ event: [
                    place ~ '.' ~ event ~ ': would take all rows of ' ~ entries.every_event['from']
                    ~ '; say which with where' ~ absent_event_advice(scenario, event)
                ]}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found) -}}
{% endmacro %}


{#- Whether an event takes the log of every event, and nothing says which rows: one that was forgotten would have all. -#}
{% macro takes_a_log_of_all(scenario, event, entries) %}
    {%- set shared, own = entries.get('every_event') or {}, entries.get(event) or {} -%}
    {{- return(
        shared is mapping and own is mapping and 'from' in shared and 'from' not in own
        and not shared.get('where') and not own.get('where') and not is_absent_event(scenario, event)
    ) -}}
{% endmacro %}


{#- The events that a log may hold, by scenario. -#}
{% macro known_events() %}
    {%- set events = {} -%}
    {%- for node in signal_models(with_derived=false) -%}
        {%- set facts = node.config.meta.gsmt -%}
        {%- do events.setdefault(facts.scenario, []).append(facts.signal) -%}
    {%- endfor -%}
    {{- return(events) -}}
{% endmacro %}


{#-
    The fields that an entry may map, by name: {name, data_type, accepted}, accepted being the values that its rules
    allow, or none for any. `every_event` may map the fields of all events, and what one of them accepts.
-#}
{% macro mappable_fields(scenario, event) %}
    {%- set fields = {} -%}
    {%- for one in (known_events()[scenario] if event == 'every_event' else [event]) -%}
        {%- for column in event_columns(scenario, one) -%}
            {%- set accepted = column.rules.get('accepted_values') -%}
            {%- set before = fields.get(column.name) -%}
            {%- if before is not none -%}
                {%- set is_open = accepted is none or before.accepted is none -%}
                {%- set accepted = none if is_open else before.accepted + accepted -%}
            {%- endif -%}
            {%- do fields.update({
                column.name: {'name': column.name, 'data_type': column.data_type, 'accepted': accepted}
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(fields) -}}
{% endmacro %}


{% macro check_mapped_entry(place, entry, fields) %}
    {%- set problems = [] -%}
    {%- if entry is not mapping -%}
        {{- return([place ~ ' is not a mapping with from, where and fields']) -}}
    {%- endif -%}
    {%- for key in entry if key not in ['from', 'where', 'fields'] -%}
        {%- do problems.append(place ~ ": '" ~ key ~ "' is not one of from, where, fields") -%}
    {%- endfor -%}
    {%- set from = entry.get('from', 'a_log') -%}
    {%- set has_quotes = var('raw_schema') is not none and modules.re.search('["`]', from | string) -%}
    {%- if from is not string or not from | trim or has_quotes -%}
        {%- do problems.append(place ~ '.from: ' ~ tojson(from) ~ ' is not the name of a '
            ~ ('file or folder, without its ending' if var('raw_schema') is none else 'table')) -%}
    {%- endif -%}
    {%- set where = entry.get('where') or {} -%}
    {%- if where is not mapping -%}
        {%- do problems.append(place ~ '.where is not a mapping of columns to values, such as {type: ride_done}') -%}
    {%- else -%}
        {%- for column, wanted in where.items() -%}
            {%- if column is not string -%}
                {%- do problems.append(place ~ '.where: ' ~ tojson(column) ~ ' is not the name of a column') -%}
            {%- endif -%}
            {%- set values = wanted if wanted is sequence and wanted is not string else [wanted] -%}
            {%- if wanted is mapping or not values or values | reject('string') | reject('number') | list -%}
                {%- do problems.append(place ~ '.where.' ~ column ~ ': ' ~ tojson(wanted)
                    ~ ' is neither a value nor a list of values') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set sources = entry.get('fields') or {} -%}
    {%- if sources is not mapping -%}
        {%- do problems.append(place ~ '.fields is not a mapping of fields to columns') -%}
    {%- else -%}
        {%- for name, source in sources.items() -%}
            {%- if name not in fields -%}
                {%- do problems.append(place ~ '.' ~ name ~ ': is not a field; fields are ' ~ fields | join(', ')) -%}
            {%- elif source is mapping -%}
                {%- for problem in check_mapped_source(source, fields[name], fields, sources) -%}
                    {%- do problems.append(place ~ '.' ~ name ~ ': ' ~ problem) -%}
                {%- endfor -%}
            {%- elif source is not string and source is not none -%}
                {%- do problems.append(place ~ '.' ~ name ~ ': ' ~ tojson(source)
                    ~ ' is not the name of a column; a value for all rows is {constant: ...}') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- What is wrong with the source of one field, as a list of ends of sentences. -#}
{% macro check_mapped_source(source, field, fields, sources) %}
    {%- set problems = [] -%}
    {%- set kinds = ['column', 'columns', 'constant', 'field', 'sql'] -%}
    {%- set options = ['values', 'unit', 'format'] -%}
    {%- set named = kinds | select('in', source) | list -%}
    {%- set chosen = options | select('in', source) | list -%}
    {%- for key in source if key not in kinds + options -%}
        {%- do problems.append("'" ~ key ~ "' is not one of " ~ (kinds + options) | join(', ')) -%}
    {%- endfor -%}
    {%- if named | length != 1 -%}
        {%- do problems.append(
            'needs one of ' ~ kinds | join(', ') ~ ', and has ' ~ (named | join(' and ') or 'none')
        ) -%}
    {%- elif chosen and named[0] != 'column' -%}
        {%- do problems.append(chosen[0] ~ ' goes with a column only') -%}
    {%- elif chosen | length > 1 -%}
        {%- do problems.append('has ' ~ chosen | join(' and ') ~ ', of which there can be one') -%}
    {%- endif -%}
    {%- for kind in ['column', 'field', 'sql']
        if kind in source and (source[kind] is not string or not source[kind] | trim) -%}
        {%- do problems.append(kind ~ ' is ' ~ tojson(source[kind]) ~ ', expected text') -%}
    {%- endfor -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- if 'columns' in source -%}
        {%- set columns = source.columns -%}
        {%- if columns is string or columns is not sequence or columns is mapping or columns | length < 2
            or columns | reject('string') | list -%}
            {%- do problems.append('columns is ' ~ tojson(columns) ~ ', expected a list of two or more columns') -%}
        {%- elif field.data_type != 'string' -%}
            {%- do problems.append('several columns make a text, and the field is of type ' ~ field.data_type) -%}
        {%- endif -%}
    {%- elif 'constant' in source -%}
        {%- for problem in check_mapped_value(source.constant, field) -%}
            {%- do problems.append('constant is ' ~ problem) -%}
        {%- endfor -%}
    {%- elif 'field' in source -%}
        {%- set other = sources.get(source.field) -%}
        {%- if source.field not in fields or source.field == field.name -%}
            {%- do problems.append("'" ~ source.field ~ "' is not another field") -%}
        {%- elif fields[source.field].data_type != field.data_type -%}
            {%- do problems.append(source.field ~ ' is of type ' ~ fields[source.field].data_type
                ~ ', expected ' ~ field.data_type) -%}
        {%- elif other is mapping and 'field' in other -%}
            {%- do problems.append(source.field ~ ' is itself like another field') -%}
        {%- endif -%}
    {%- elif 'values' in source -%}
        {%- if source['values'] is not mapping or not source['values'] -%}
            {%- do problems.append('values is not a mapping of values in the log to values of the field') -%}
        {%- else -%}
            {%- for theirs, ours in source['values'].items() -%}
                {%- if theirs is boolean or theirs is none -%}
                    {%- do problems.append('values: YAML reads a word as ' ~ tojson(theirs) ~ '; put it in quotes') -%}
                {%- endif -%}
                {%- for problem in check_mapped_value(ours, field) -%}
                    {%- do problems.append("values: '" ~ theirs ~ "' becomes " ~ problem) -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endif -%}
    {%- elif 'unit' in source and source.unit not in mapped_units(field) -%}
        {%- do problems.append("unit '" ~ source.unit ~ "' is not one of " ~ mapped_units(field) | join(', ')
            if mapped_units(field) else 'the field has no unit') -%}
    {%- elif 'format' in source -%}
        {%- set codes = modules.re.findall('%.?', source.format | string) -%}
        {%- if field.data_type != 'timestamp' -%}
            {%- do problems.append('format is for times, and the field is of type ' ~ field.data_type) -%}
        {%- elif not codes or codes | reject('in', time_codes()) | list -%}
            {%- do problems.append(
                "format '" ~ source.format ~ "' has other codes than " ~ time_codes() | join(', ')
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- Whether a value that a mapping gives to a field is one that the field can have; a list of none or one problem. -#}
{% macro check_mapped_value(value, field) %}
    {%- if value is none -%}
        {{- return([]) -}}
    {%- elif value is mapping or (value is sequence and value is not string) -%}
        {{- return([tojson(value) ~ ', which is not one value']) -}}
    {%- endif -%}
    {%- set text = scalar_text(value) -%}
    {%- if field.accepted is not none and text not in field.accepted -%}
        {{- return(["'" ~ text ~ "', which is not one of " ~ field.accepted | unique | join(', ')]) -}}
    {%- elif field.data_type == 'string' -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- set parsed = parse_value(sql_text(text), field.data_type) -%}
    {%- set is_malformed = run_query('select ' ~ parsed ~ ' is null as is_malformed').rows[0][0] -%}
    {{- return(["'" ~ text ~ "', which does not read as " ~ field.data_type] if is_malformed else []) -}}
{% endmacro %}


{#-
    What is wrong with the mapping of an event, if it has one, when it meets its log; `relation` holds the rows of the
    log, all of them if `is_whole`, `place` is its name in a message. The fields are then looked at as any event's.
-#}
{% macro check_mapped_rows(scenario, event, relation, place, is_whole) %}
    {%- set mapped = event_mapping(scenario, event) -%}
    {%- if mapped is none -%}
        {{- return([]) -}}
    {%- endif -%}
    {%- set name = 'event_mapping.' ~ scenario ~ '.' ~ event -%}
    {%- set raw_types = describe_relation(relation) -%}
    {%- set columns = ', '.join(raw_types) -%}
    {%- set problems = [] -%}
    {%- for column in mapped.where if found_column(raw_types, column) is none -%}
        {%- do problems.append(name ~ '.where: ' ~ place ~ ' has no column ' ~ column ~ '; it has ' ~ columns) -%}
    {%- endfor -%}
    {%- for field in mapped_fields(scenario, event, raw_types) -%}
        {%- set column, source = field.column, field.source -%}
        {%- set field_name = name ~ '.' ~ column.name -%}
        {%- for needed in columns_of_source(source) if found_column(raw_types, needed) is none -%}
            {%- do problems.append(field_name ~ ': ' ~ place ~ ' has no column ' ~ needed ~ '; it has ' ~ columns) -%}
        {%- endfor -%}
        {%- if source is not none and 'sql' in source -%}
            {%- for problem in expression_problems(source.sql, raw_types.keys() | list) -%}
                {%- do problems.append(field_name ~ ': sql: ' ~ problem ~ '; ' ~ place ~ ' has ' ~ columns) -%}
            {%- endfor -%}
        {%- elif column.rules.get('required') and (source is none or source.get('constant', '') is none) -%}
            {%- do problems.append(field_name ~ ': is required, and has no source; ' ~ place ~ ' has ' ~ columns) -%}
        {%- elif source is not none and 'column' in source and found_column(raw_types, source.column) is not none -%}
            {%- set type = raw_types[found_column(raw_types, source.column)] -%}
            {%- set read = field_name ~ ': column ' ~ source.column ~ ' of ' ~ place -%}
            {%- if 'unit' in source and not accepts_type('double', type) -%}
                {%- do problems.append(read ~ ' has type ' ~ type ~ ', and a unit needs a number') -%}
            {%- elif source | length == 1 and column.data_type == 'timestamp' and type != 'VARCHAR'
                and accepts_type('integer', type) -%}
                {%- do problems.append(
                    read ~ ' holds whole numbers; say their unit, one of ' ~ mapped_units(column) | join(', ')
                    ~ ', or their format'
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- set conditions = mapped_rows(scenario, event, raw_types) | join(' and ') -%}
    {%- if conditions and is_whole
        and not run_query('select 1 as one from ' ~ relation ~ ' where ' ~ conditions ~ ' limit 1').rows -%}
        {{- return([
            name ~ '.where: no row of ' ~ place ~ ' has ' ~ mapped_values_there(mapped.where, relation, raw_types)
            ~ absent_event_advice(scenario, event)
        ]) -}}
    {%- endif -%}
    {{- return([]) -}}
{% endmacro %}


{#- What a where asks for, with what its columns hold instead. -#}
{% macro mapped_values_there(where, relation, raw_types) %}
    {%- set parts = [] -%}
    {%- for column, wanted in where.items() -%}
        {%- set text = column_as_text(column, raw_types) -%}
        {%- set there = run_query(
            'select value from (select ' ~ text ~ ' as value, count(*) as number from ' ~ relation
            ~ ' group by ' ~ text ~ ') as found where value is not null order by number desc, value limit 20'
        ).rows | map(attribute=0) | join(', ') -%}
        {%- do parts.append(column ~ ' = ' ~ tojson(wanted) ~ ' (it holds ' ~ there ~ ')') -%}
    {%- endfor -%}
    {{- return(parts | join(' and ')) -}}
{% endmacro %}


{#-
    Says how many rows of the logs are no event that is mapped, where there are any: a log may hold more than the
    project asks for, but nobody should find out by chance. Where an event has no where, it has all rows.
-#}
{% macro note_rows_of_no_event() %}
    {%- set logs = {} -%}
    {%- for scenario, events in known_events().items() if first_day_to_read(scenario) is none -%}
        {%- for event in events if event_mapping(scenario, event) is not none -%}
            {%- do logs.setdefault(raw_place(scenario, event), []).append([scenario, event]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for place, events in logs.items() if events | selectattr(0, 'in', selected_scenarios()) | list -%}
        {%- set relation = raw_rows(events[0][0], events[0][1]) -%}
        {%- set raw_types = describe_relation(relation) -%}
        {%- set taken, columns = [], [] -%}
        {%- for scenario, event in events -%}
            {%- do taken.append(mapped_rows(scenario, event, raw_types) | join(' and ') or 'true') -%}
            {%- do columns.extend(event_mapping(scenario, event).where) -%}
        {%- endfor -%}
        {%- if 'true' not in taken -%}
            {%- set left_over = ' from ' ~ relation ~ ' where not coalesce((' ~ taken | join(') or (') ~ '), false)' -%}
            {%- set number = run_query('select count(*) as number' ~ left_over).rows[0][0] -%}
            {%- if number -%}
                {%- set shown = [] -%}
                {%- for column in columns | unique -%}
                    {%- set text = column_as_text(column, raw_types) -%}
                    {%- set values = run_query(
                        'select distinct ' ~ text ~ ' as value' ~ left_over ~ ' order by value limit 10'
                    ).rows -%}
                    {%- do shown.append(
                        column ~ ': ' ~ values | map(attribute=0) | map('default', 'null', true) | join(', ')
                    ) -%}
                {%- endfor -%}
                {%- do log('event_mapping: ' ~ number ~ ' row(s) of ' ~ place ~ ' are no event of this project ('
                    ~ shown | join('; ') ~ ')', info=true) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
