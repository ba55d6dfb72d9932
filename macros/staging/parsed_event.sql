{#-
    The select list that reads the raw columns of an event as their declared types (null where there is no
    such column), each followed by <field>_is_malformed where there was a value that does not read as its type, and at the
    end has_surplus_fields where the raw event has surplus columns and the partition column where it has one.
-#}

{% macro parsed_event(columns, raw_types, surplus=[], partition=none) %}
    {%- set expressions = [] -%}
    {%- for column in columns -%}
        {%- set raw_type = raw_types.get(column.name, 'varchar') | lower -%}
        {%- set is_there = column.name in raw_fields(columns, raw_types) -%}
        {%- set parsed = parsed_field(column, columns, raw_types) -%}
        {%- do expressions.append(parsed ~ ' as ' ~ column.name) -%}
        {%- if column.data_type != 'string' -%}
            {%- set is_malformed = 'false' -%}
            {%- if is_there and raw_type == 'varchar' -%}
                {%- set is_malformed = "(nullif(trim(raw." ~ column.name ~ "), '') is not null and " ~ parsed ~ ' is null)' -%}
            {%- elif is_there and not always_reads_as(column.data_type, raw_type) -%}
                {%- set is_malformed = '(raw.' ~ column.name ~ ' is not null and ' ~ parsed ~ ' is null)' -%}
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


{#- Whether each value of a typed column is one of the declared type: a wider one may hold others. -#}
{% macro always_reads_as(data_type, raw_type) %}
    {{- return(raw_type not in {
        'integer': ['ubigint', 'hugeint'],
        'timestamp': ['date', 'timestamp_s', 'timestamp_ms'],
    }.get(data_type, [])) -}}
{% endmacro %}


{#- One raw column of an event as its declared type. -#}
{% macro parsed_field(column, columns, raw_types) %}
    {%- if column.name not in raw_fields(columns, raw_types) -%}
        {{- return('cast(null as ' ~ engine_type(column.data_type) ~ ')') -}}
    {%- endif -%}
    {%- set raw_type = raw_types.get(column.name, 'varchar') | lower -%}
    {{- return(parse_value('raw.' ~ column.name, column.data_type, raw_type) | trim) -}}
{% endmacro %}


{#-
    The ids that several of the rows in `raw` have, as a query, each read as parsed_event reads it. They are few, and
    copies are among their rows alone: those of all other ids need not be put in order.
-#}
{% macro repeated_event_ids(columns, raw_types) %}
select {{ parsed_event_id(columns, raw_types) }} as event_id
from raw
group by {{ parsed_event_id(columns, raw_types) }}
having count(*) > 1
{% endmacro %}


{% macro parsed_event_id(columns, raw_types) %}
    {{- parsed_field(columns | selectattr('name', 'equalto', 'event_id') | first, columns, raw_types) -}}
{% endmacro %}


{#-
    Whether a valid row is a copy of an event: another one with its event_id lies on the same day and arrived
    before, or on one of the follow_up_days before. So a row depends on that many days before it and on no
    later one, and a daily build can tell. The rest of the row only breaks ties. `judged` names the column that
    says which rows are valid, where others are among them; `place` the columns with where a row lies, which
    tell copies apart that are alike. No days are taken from a time that is before earliest_event: there may be none.
-#}
{% macro is_copy(columns, judged=none, place=[]) %}
    {%- set day = 'cast(event_at as date)' -%}
coalesce(
    lag({{ day }}) over (
        partition by event_id{{ ', ' ~ judged if judged }} order by {{ day }}, received_at
        {%- for column in columns
            if column.name not in ['received_at', 'event_id'] and not column.data_type.endswith('[]') -%}
            , {{ column.name }} nulls last
        {%- endfor %}
        {%- for column in place %}, {{ column }}{% endfor %}
    ) >= case
        when event_at >= cast('{{ var('earliest_event') }}' as timestamp)
            then {{ dbt.dateadd('day', -var('follow_up_days'), day) | trim }}
    end,
    false
)
{% endmacro %}
