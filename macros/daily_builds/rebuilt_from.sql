{#-
    The first day, as YYYY-MM-DD, that this run builds again in an incremental model; none where it builds all
    of it: a new or changed database, --full-refresh, or a model that is a table.

    An event may arrive late, so staging builds the newest day of the last complete build and late_days before
    it again. What joins events goes back further, because an event may change the row of another one that
    happened follow_up_days, and a disagreement of clocks around midnight, before it. A row that is settled
    later still, since it tells of days after its own, says so: config.meta.settled_after_days.
-#}

{% macro rebuilt_from() %}
    {%- if not execute or config.get('materialized') != 'incremental' or not is_incremental() -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set first_day = first_day_to_stage(model.fqn[1]) -%}
    {%- if first_day is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- if model.fqn[2] == 'staging' -%}
        {{- return(first_day) -}}
    {%- endif -%}
    {{- return(days_after(first_day, -linked_days() - model.config.meta.get('settled_after_days', 0))) -}}
{% endmacro %}


{#- The first day that a daily build of a scenario stages again; none where all are. -#}
{% macro first_day_to_stage(scenario) %}
    {%- set last_day = last_complete_day(scenario) -%}
    {%- if last_day is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- if var('built_on') is not none -%}
        {%- set last_day = [last_day, var('built_on') | string] | min -%}
    {%- endif -%}
    {%- set first_day = days_after(last_day, -var('late_days')) -%}
    {%- if var('rebuild_from') is not none -%}
        {%- set first_day = [first_day, var('rebuild_from') | string] | min -%}
    {%- endif -%}
    {{- return(first_day) -}}
{% endmacro %}


{#-
    The first day of raw events that a daily build of a scenario reads; none where all are read. Copies of an
    event may lie follow_up_days apart, and only whoever sees the first one knows the others for copies.
-#}
{% macro first_day_to_read(scenario) %}
    {%- set first_day = first_day_to_stage(scenario) -%}
    {{- return(none if first_day is none else days_after(first_day, -var('follow_up_days'))) -}}
{% endmacro %}


{#- How many days the events of one ride, request or task may lie apart. -#}
{% macro linked_days() %}
    {{- return(var('follow_up_days') + 1) -}}
{% endmacro %}


{#- A day so many days after another one, both as YYYY-MM-DD. -#}
{% macro days_after(day, days) %}
    {%- set date = modules.datetime.date.fromisoformat(day) + modules.datetime.timedelta(days=days) -%}
    {{- return(date.isoformat()) -}}
{% endmacro %}
