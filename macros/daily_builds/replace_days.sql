{#-
    Incremental strategy of staging, facts and dimensions: the days that are built again take the place of the
    same days of the table, in one transaction. The column named by the config `event_time` says which day a
    row belongs to. With a unique_key, rows of those keys are replaced on older days, too. A model without
    event_time looks after its older rows itself: all are replaced by what it builds.
-#}

{% macro get_incremental_replace_days_sql(arg_dict) %}
    {%- set target = arg_dict['target_relation'] -%}
    {%- set built = arg_dict['temp_relation'] -%}
    {%- set key = arg_dict['unique_key'] -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    {%- set event_time = config.get('event_time') -%}
    {%- set first_day = rebuilt_from() if event_time else none -%}
    {%- set is_built_again -%}
        {{ event_time }} >= cast('{{ first_day }}' as date)
    {%- endset %}

    delete from {{ target }}
    {%- if first_day is not none %}
    where
        {{ is_built_again }}
        {%- if key %}
        or {{ key }} in (select {{ key }} from {{ built }} where {{ key }} is not null)
        {%- endif %}
    {%- endif %}
    ;

    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ built }}
    {%- if first_day is not none and not key %}
    -- What was read of the days before told something of these.
    where {{ is_built_again }}
    {%- endif %}
    {%- if model.language == 'python' %}
    ;

    -- What Python built is a table like others, which nobody else removes.
    drop table {{ built }}
    {%- endif %}
{% endmacro %}
