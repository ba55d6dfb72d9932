{#-
    What makes a row of an event invalid, from its declared fields: a list of
    {field, reason, violated}, where `violated` is an SQL condition over the `parsed` row
    (typed fields, and <field>_is_malformed where text did not parse). Never null.

    Rules of a field, in the YAML of the staging model under config.meta.rules:
      required: true            neither null nor blank
      accepted_values: [...]    one of these, where present
      minimum: n, maximum: n    within these bounds, where present
      not_after: field          not later than another timestamp, but for clock_skew_seconds

    Whatever a field's own rules, a number lies within largest_number, and a time between the vars earliest_event and
    latest_event: others are those of a clock that was never set, or were read in a form or unit that they do not have.
    Nor did an event happen on a day that has not come yet (first_impossible_day).

    `surplus` names columns that hold what a row has beyond its fields; such a row is invalid, since
    nobody can say which of its fields is which. `partition` names the column with the day under which
    the row is kept: a daily build replaces whole days, so an event has to lie under its own.
#}

{% macro event_rules(columns, surplus=[], partition=none) %}
    {%- set rules = [] -%}
    {%- if surplus -%}
        {%- do rules.append({
            'field': 'row',
            'reason': 'has more fields than the header',
            'violated': 'has_surplus_fields',
        }) -%}
    {%- endif -%}
    {%- for column in columns -%}
        {%- set field = column.name -%}
        {%- set limits = column.rules -%}
        {%- if column.data_type != 'string' -%}
            {%- do rules.append({
                'field': field,
                'reason': 'does not read as ' ~ column.data_type,
                'violated': field ~ '_is_malformed',
            }) -%}
        {%- endif -%}
        {%- if limits.get('required') -%}
            {%- set absent = field ~ ' is null' -%}
            {%- if column.data_type != 'string' -%}
                {%- set absent = '(' ~ absent ~ ' and not ' ~ field ~ '_is_malformed)' -%}
            {%- endif -%}
            {%- do rules.append({'field': field, 'reason': 'is missing', 'violated': absent}) -%}
        {%- endif -%}
        {%- if 'accepted_values' in limits -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is not one of ' ~ limits.accepted_values | join(', '),
                'violated': "coalesce(" ~ field ~ " not in ('" ~ limits.accepted_values | join("', '") ~ "'), false)",
            }) -%}
        {%- endif -%}
        {%- if column.data_type in ['integer', 'double'] -%}
            {%- set minimum = limits.get('minimum', -largest_number()) -%}
            {%- set maximum = limits.get('maximum', largest_number()) -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is below ' ~ minimum,
                'violated': 'coalesce(' ~ field ~ ' < ' ~ minimum ~ ', false)',
            }) -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is above ' ~ maximum,
                'violated': 'coalesce(' ~ field ~ ' > ' ~ maximum ~ ', false)',
            }) -%}
        {%- elif column.data_type == 'timestamp' -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is before ' ~ var('earliest_event'),
                'violated': 'coalesce(' ~ field ~ " < cast('" ~ var('earliest_event') ~ "' as timestamp), false)",
            }) -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is not before ' ~ var('latest_event'),
                'violated': 'coalesce(' ~ field ~ " >= cast('" ~ var('latest_event') ~ "' as timestamp), false)",
            }) -%}
            {%- set impossible = first_impossible_day(model.fqn[1]) if field == 'event_at' -%}
            {%- if impossible -%}
                {%- do rules.append({
                    'field': field,
                    'reason': impossible.reason,
                    'violated': "coalesce(event_at >= cast('" ~ impossible.day ~ "' as timestamp), false)",
                }) -%}
            {%- endif -%}
        {%- endif -%}
        {%- if 'not_after' in limits -%}
            {%- do rules.append({
                'field': field,
                'reason': 'is after ' ~ limits.not_after,
                'violated': 'coalesce(' ~ is_later(field, limits.not_after) | trim ~ ', false)',
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if partition is not none -%}
        {%- do rules.append({
            'field': 'event_at',
            'reason': 'is not on the day under which the row is kept',
            'violated': 'coalesce(cast(event_at as date) <> ' ~ partition ~ ', false)',
        }) -%}
    {%- endif -%}
    {{- return(rules) -}}
{% endmacro %}


{#-
    The greatest number that a field without a bound of its own may have: that of 9 billion rows is still a bigint
    when it is summed up. What is no number (nan) is above it for both engines.
-#}
{% macro largest_number() %}
    {{- return(1000000000) -}}
{% endmacro %}


{#-
    Whether a time lies after another one by more than clocks may disagree. Seconds are added to possible times only:
    after the last time that an engine knows there is none.
-#}
{% macro is_later(time, other) -%}
    case
        when {{ other }} < cast('{{ var('latest_event') }}' as timestamp)
            then {{ time }} > {{ dbt.dateadd('second', var('clock_skew_seconds'), other) | trim }}
        else {{ time }} > {{ other }}
    end
{%- endmacro %}


{#-
    Whether a row breaks one of its event's rules, as one condition: as one for each rule, DuckDB would have Parquet's
    reader judge column by column, which pays where few rows are left and costs half as much again where nearly all are.
-#}
{% macro breaks_a_rule(rules) -%}
(
    {%- for rule in rules %}
    {{ 'or ' if not loop.first }}{{ rule.violated }}
    {%- endfor %}
)
{%- endmacro %}
