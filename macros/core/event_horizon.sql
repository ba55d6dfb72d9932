{#-
    A query of one row: first_day, on which the first of a scenario's steadiest events happened, and last_day,
    on which one was last received. What calendar_dates starts from.

    One event and not all, since every mart reads the calendar and would have all of them in its lineage; and
    where this one is delayed, its days are open, although others arrive. The var calendar_events names another.
-#}

{% macro event_horizon(scenario, event) %}
select
    cast(min(event_at) as date) as first_day,
    cast(max(received_at) as date) as last_day
from {{ ref('stg_' ~ scenario ~ '__' ~ var('calendar_events').get(scenario, event)) }}
{% endmacro %}


{#- All that is wrong with the var calendar_events, as a list of sentences. (An unknown event is an unknown model.) -#}
{% macro check_calendar_events() %}
    {%- set problems = [] -%}
    {%- for node in graph.nodes.values() if node.name == 'dim_' ~ node.fqn[1] ~ '__dates' -%}
        {%- set event = graph.nodes[node.depends_on.nodes[0]].config.meta.gsmt.signal -%}
        {%- if is_absent_event(node.fqn[1], event) and node.unique_id in selected_resources -%}
            {%- do problems.append('absent_events: the calendar of ' ~ node.fqn[1] ~ ' is made of ' ~ event
                ~ '; name an event that is logged in the var calendar_events, as in {' ~ node.fqn[1] ~ ': <event>}') -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(problems) -}}
{% endmacro %}
