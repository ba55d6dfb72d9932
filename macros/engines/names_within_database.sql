{#-
    The SQL of a node with the names of the relations that it reads without their database. DuckDB calls a database by
    the name of its file, so a view that names it cannot be read once the file was renamed or copied, or it reads the
    other of two files: names without it are looked for in the view's own.
-#}

{% macro names_within_database(sql, node) %}
    {{- return(adapter.dispatch('names_within_database', 'gsmt')(sql, node)) -}}
{% endmacro %}

{% macro duckdb__names_within_database(sql, node) %}
    {%- set found = namespace(sql=sql) -%}
    {%- for name in node.depends_on.nodes if name in graph.nodes -%}
        {%- set full = graph.nodes[name].relation_name -%}
        {%- if full -%}
            {%- set within = full | replace('"' ~ graph.nodes[name].database ~ '".', '', 1) -%}
            {%- set found.sql = found.sql | replace(full, within) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(found.sql) -}}
{% endmacro %}

{#- A name of Spark's has no database. -#}
{% macro spark__names_within_database(sql, node) %}
    {{- return(sql) -}}
{% endmacro %}


{#- dbt's own macro by which every view is made. -#}
{% macro create_view_as(relation, sql) %}
    {{- adapter.dispatch('create_view_as', 'dbt')(relation, names_within_database(sql, model)) -}}
{% endmacro %}
