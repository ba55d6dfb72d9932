{#-
    After a run that built the values or targets of a scenario: makes anew what of the catalog was not part of it.
    What selects a scenario (dbt build -s ride_sharing) selects nothing outside its folder, but people ask the
    catalog what a build has found. The record of complete builds is incremental: builds write it themselves.
-#}

{% macro publish_catalog(results) %}
    {%- set built = results | selectattr('status', 'eq', 'success') | map(attribute='node.unique_id') | list -%}
    {%- set catalog, news = [], [] -%}
    {%- for node in (graph.nodes.values() if execute else [])
        if node.resource_type == 'model' and node.fqn[1] == 'catalog' and node.config.materialized != 'incremental' -%}
        {%- do catalog.append(node) -%}
        {%- do news.extend(node.depends_on.nodes | select('in', built)) -%}
    {%- endfor -%}
    {%- for node in catalog if news and node.unique_id not in built -%}
        {%- do publish(node) -%}
    {%- endfor -%}
{% endmacro %}


{#- Makes a model anew, unless it reads models and none of them was ever built. -#}
{% macro publish(node) %}
    {%- set built = [] -%}
    {%- for parent in node.depends_on.nodes if is_built(parent) -%}
        {%- do built.append(parent) -%}
    {%- endfor -%}
    {%- if built or not node.depends_on.nodes -%}
        {%- set existing = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- do adapter.drop_relation(existing) if existing is not none -%}
        {%- do run_query(
            'create ' ~ node.config.materialized ~ ' ' ~ node.relation_name ~ ' as '
            ~ names_within_database(render(node.raw_code), node)
        ) -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
{% endmacro %}
