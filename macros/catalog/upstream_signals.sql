{#-
    Names of the signals in a node's lineage, found by walking it upwards: more than what it counts, which the
    areas of the question's exposure say.
-#}

{% macro upstream_signals(node) %}
    {%- set seen = {} -%}
    {%- set signals = [] -%}
    {%- do visit_upstream(node, seen, signals) -%}
    {{- return(signals | sort) -}}
{% endmacro %}


{% macro visit_upstream(node, seen, signals) %}
    {%- for unique_id in node.depends_on.nodes if unique_id not in seen and unique_id in graph.nodes -%}
        {%- do seen.update({unique_id: true}) -%}
        {%- set parent = graph.nodes[unique_id] -%}
        {%- if parent.config.meta.get('gsmt', {}).get('signal') -%}
            {%- do signals.append(parent.config.meta.gsmt.signal) -%}
        {%- elif not (parent.name.startswith('dim_') and parent.name.endswith('__dates')) -%}
            {#- Every mart reads the calendar, and the calendar one event; that is no evidence of a metric. -#}
            {%- do visit_upstream(parent, seen, signals) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
