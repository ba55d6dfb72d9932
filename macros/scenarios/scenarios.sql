{#- Every scenario there is: a folder in models, seeds and analyses, and switches in dbt_project.yml. -#}

{% macro all_scenarios() %}
    {{- return([
        'cloud_storage',
        'food_delivery',
        'messenger',
        'news_feed',
        'photo_upload',
        'ride_sharing',
        'short_video',
        'stickiness',
        'streaming',
    ]) -}}
{% endmacro %}


{#- The scenarios that are switched on: that or those which the var scenarios names, or all. -#}
{% macro scenarios() %}
    {#- The settings that are declared depend on this one, so it is not read as they are. -#}
    {%- set named = builtins.var('scenarios', none) or all_scenarios() -%}
    {%- set named = [named] if named is string else named -%}
    {%- do refuse(value_problems(settings() | selectattr('name', 'eq', 'scenarios') | first, named, 'scenarios')) -%}
    {{- return(all_scenarios() | select('in', named) | list) -}}
{% endmacro %}


{#- Whether a scenario is there but not part of this run: what vars say of it is not read. -#}
{% macro is_switched_off(scenario) %}
    {{- return(scenario in all_scenarios() and scenario not in scenarios()) -}}
{% endmacro %}


{#-
    The relations of a model that every scenario has, such as <scenario>__target_status: a list of (scenario,
    relation). It leaves out what the database does not hold, so that a union of them answers where only some
    scenarios were built; before any is, it has all.
-#}
{% macro in_each_scenario(model) %}
    {%- set relations, built = [], [] -%}
    {%- for scenario in scenarios() -%}
        {%- set name = scenario ~ '__' ~ model -%}
        {#- dbt learns what is read when it parses; the hook that makes the views of the catalog has no refs. -#}
        {%- set pair = (scenario, relation_of(name) if execute else ref(name)) -%}
        {%- do relations.append(pair) -%}
        {%- if execute and is_built('model.' ~ project_name ~ '.' ~ name) -%}
            {%- do built.append(pair) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(built or relations) -}}
{% endmacro %}


{#- Whether the database holds a model. -#}
{% macro is_built(unique_id) %}
    {%- set node = graph.nodes[unique_id] -%}
    {{- return(adapter.get_relation(node.database, node.schema, node.alias) is not none) -}}
{% endmacro %}
