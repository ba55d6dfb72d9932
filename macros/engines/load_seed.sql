{#-
    dbt-spark loads a seed by inserts of its rows, which takes minutes. A local session sees the file, so a
    table over it is enough; a cluster does not, and has its events as tables (var raw_schema).
-#}

{% macro spark__create_csv_table(model, agate_table) %}
    {%- if not is_local_session() -%}
        {{- return(dbt.spark__create_csv_table(model, agate_table)) -}}
    {%- endif -%}
    {%- set types = model.config.get('column_types', {}) -%}
    {%- set statement_text -%}
        create table {{ this.render() }} (
        {%- for name in agate_table.column_names %}
            {{ name }} {{ types.get(name, 'string') | replace('varchar', 'string') }}{{ ',' if not loop.last }}
        {%- endfor %}
        )
        using csv
        options (header 'true', quote '"', escape '"', multiLine 'true')
        location {{ sql_text(model.root_path ~ '/' ~ model.original_file_path) }}
    {%- endset -%}
    {%- call statement('create_csv_table') -%}
        {{ statement_text }}
    {%- endcall -%}
    {{- return(statement_text) -}}
{% endmacro %}


{% macro spark__load_csv_rows(model, agate_table) %}
    {%- if not is_local_session() -%}
        {{- return(dbt.spark__load_csv_rows(model, agate_table)) -}}
    {%- endif -%}
    {{- return('') -}}
{% endmacro %}


{#- dbt says of a connection only its host, and dbt-spark's method `session` has none. -#}
{% macro is_local_session() %}
    {{- return(target.host == 'NA') -}}
{% endmacro %}
