{#- What the engine must be set to before anything is built on it: all that is wrong, as a list of sentences. -#}

{% macro check_engine() %}
    {{- return(adapter.dispatch('check_engine', 'gsmt')()) -}}
{% endmacro %}

{#- The profile sets DuckDB's time zone, and nothing else matters. -#}
{% macro duckdb__check_engine() %}
    {{- return([]) -}}
{% endmacro %}

{#- Spark's timestamps are shown and truncated in the zone of the session; everything here is in UTC. -#}
{% macro spark__check_engine() %}
    {%- set problems = [] -%}
    {%- if var('raw_path') is not none -%}
        {%- do problems.append(
            'raw_path: files are read by DuckDB only; on Spark, register them as tables and set raw_schema'
        ) -%}
    {%- endif -%}
    {%- set time_zone = run_query('select current_timezone()').rows[0][0] -%}
    {%- if time_zone not in ['UTC', 'Etc/UTC', 'Z'] -%}
        {%- do problems.append(
            'spark.sql.session.timeZone is ' ~ time_zone ~ '; it must be UTC (server_side_parameters in profiles.yml)'
        ) -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
