{#-
    The contract's not null on Spark, whose Parquet tables know no such thing: the select itself refuses a
    null and names its column. Delta tables keep the constraint as well.
-#}

{% macro spark__get_select_subquery(sql) %}
    select
    {%- for column in model.columns.values() %}
        {% if column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
        coalesce({{ column.name }}, raise_error({{ sql_text(model.name ~ ': ' ~ column.name ~ ' is null') }}))
            as {{ column.name }}
        {%- else -%}
        {{ column.name }}
        {%- endif -%}
        {{ ',' if not loop.last }}
    {%- endfor %}
    from (
        {{ sql }}
    ) as contracted
{% endmacro %}


{% macro spark__alter_column_set_constraints(relation, column_dict) %}
    {%- if config.get('file_format') == 'delta' -%}
        {%- do dbt.spark__alter_column_set_constraints(relation, column_dict) -%}
    {%- endif -%}
{% endmacro %}
