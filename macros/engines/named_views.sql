{#-
    After a run: views by which exported SQL finds its tables in the project's own database. A schema for each
    scenario has the clean events by the names that they were logged with, and dimensions and facts without the
    scenario's name: ride_sharing.ride_completion, ride_sharing.fct_rides. Columns of a view are fixed when it is
    made, so each run makes anew the views of the models that it built. What they read they name without the database,
    as names_within_database says.
    On Spark schemas are shared with others, and nothing is added to them.
-#}

{% macro named_views(results) %}
    {{- return(adapter.dispatch('named_views', 'gsmt')(results)) -}}
{% endmacro %}

{% macro duckdb__named_views(results) %}
    {%- for result in results if result.status == 'success' and result.node.resource_type == 'model' -%}
        {%- set scenario = result.node.fqn[1] -%}
        {%- set prefix, _, name = result.node.name.partition('_' ~ scenario ~ '__') -%}
        {%- if prefix in ['stg', 'dim', 'fct'] -%}
            {%- set schema = '"' ~ target.database ~ '"."' ~ scenario ~ '"' %}
create schema if not exists {{ schema }};
create or replace view {{ schema }}."{{ name if prefix == 'stg' else prefix ~ '_' ~ name }}" as
select * from "{{ result.node.schema }}"."{{ result.node.alias }}";
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}

{% macro spark__named_views(results) %}
    {{- return('') -}}
{% endmacro %}
