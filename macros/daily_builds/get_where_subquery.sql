{#-
    dbt's macro for the rows that a data test reads, with one addition: in a daily build the tests of an
    incremental model read the days that were built again and not the whole history, whose days they have passed
    on their own day; a test of what is unique reads all rows with a key of these days, since an id may have been
    used long before. `dbt test` alone, and a build of everything, test every row.
-#}

{% macro get_where_subquery(relation) %}
    {%- set conditions = [] -%}
    {%- if config.get('where') -%}
        {%- do conditions.append(config.get('where')) -%}
    {%- endif -%}
    {%- if execute and flags.WHICH == 'build' -%}
        {%- set tested = graph.nodes.get('model.' ~ project_name ~ '.' ~ relation.identifier) -%}
        {%- if tested and tested.config.materialized == 'incremental' and tested.config.event_time -%}
            {%- set first_day = first_day_to_stage(tested.fqn[1]) -%}
            {%- if first_day is not none and tested.fqn[2] == 'core' -%}
                {%- set is_built_again = tested.config.event_time ~ " >= cast('" ~ first_day ~ "' as date)" -%}
                {%- set key = columns_of_key() | join(', ') -%}
                {%- do conditions.append(
                    '(' ~ key ~ ') in (select (' ~ key ~ ') from ' ~ relation ~ ' where ' ~ is_built_again ~ ')'
                    if key else is_built_again
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {%- if conditions -%}
        {{- return('(select * from ' ~ relation ~ ' where ' ~ conditions | join(' and ') ~ ') as dbt_subquery') -}}
    {%- endif -%}
    {{- return(relation) -}}
{% endmacro %}


{#- The columns of the key of which the data test being compiled asks that it is not used again; none in others. -#}
{% macro columns_of_key() %}
    {%- set asked = model.get('test_metadata') -%}
    {%- if asked and asked.name in ['unique', 'unique_combination', 'not_used_again'] -%}
        {{- return(asked.kwargs.get('columns', [asked.kwargs.column_name])) -}}
    {%- endif -%}
    {{- return([]) -}}
{% endmacro %}
