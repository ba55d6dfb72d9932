{#-
    The declared fields of an event, from the YAML of its staging model: a list of
    {name, data_type, rules}. Everything that reads, checks or documents an event starts here.
-#}

{% macro event_columns(scenario, event) %}
    {%- set node = graph.nodes['model.' ~ project_name ~ '.stg_' ~ scenario ~ '__' ~ event] -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- do columns.append({
            'name': column.name,
            'data_type': column.data_type,
            'rules': column.meta.get('rules', {}),
        }) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{% endmacro %}


{#-
    The models of all signals, in the order of their names: staging models of what is logged and, unless
    left out, facts of what is derived from other signals.
-#}
{% macro signal_models(with_derived=true) %}
    {%- set models = [] -%}
    {%- for node in graph.nodes.values() if node.config.meta.get('gsmt', {}).get('signal') -%}
        {%- if with_derived or 'derived_from' not in node.config.meta.gsmt -%}
            {%- do models.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(models | sort(attribute='name')) -}}
{% endmacro %}
