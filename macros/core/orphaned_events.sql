{#-
    A query of the valid events of a scenario that refer to a row that does not exist: one row for each.

    references  a list of {event, field, parent, matches}: the event, the field that refers, the model that
                should have the row, and {its column: expression over `events`} for what must agree. With
                day, too, a column of that model, the event has to happen near it; with where, a condition over
                `events`, others are not asked

    A left join and not `not exists`, which DuckDB answers once for each combination of values where the condition is
    more than equalities.
-#}

{% macro orphaned_events(scenario, references) %}
{%- for reference in references %}
select
    {{ sql_text(reference.event) }} as event_name,
    events.event_id,
    events.event_at,
    {{ sql_text(reference.field) }} as reference_field,
    events.{{ reference.field }} as missing_value,
    {{ sql_text(reference.parent) }} as expected_in
from {{ recent(ref('stg_' ~ scenario ~ '__' ~ reference.event), 'event_at') }} as events
left join {{ recent(ref(reference.parent), reference.day, linked_days()) }} as parents
    on
        {%- for column, expression in reference.matches.items() %}
        {{ 'and ' if not loop.first }}parents.{{ column }} = {{ expression }}
        {%- endfor %}
        {%- if reference.day %}
        and {{ happened_near('events.event_at', 'parents.' ~ reference.day) | indent(8) }}
        {%- endif %}
where
    events.{{ reference.field }} is not null
    and parents.{{ reference.matches | first }} is null
    {%- if reference.where %}
    and {{ reference.where }}
    {%- endif %}
{{ 'union all' if not loop.last }}
{%- endfor %}
{% endmacro %}
