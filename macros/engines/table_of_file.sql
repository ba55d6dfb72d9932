{#-
    An operation: a table of the model's name with the rows of a Parquet file, for a model that this engine cannot
    build, as a Python model of DuckDB's process on Spark. Whoever compares the engines hands it over.
-#}

{% macro table_of_file(name, file) %}
    {%- set table = target.schema ~ '.' ~ name -%}
    {%- do run_query('create schema if not exists ' ~ target.schema) -%}
    {%- do run_query('drop table if exists ' ~ table) -%}
    {%- do run_query('create table ' ~ table ~ ' using parquet as select * from parquet.`' ~ file ~ '`') -%}
{% endmacro %}
