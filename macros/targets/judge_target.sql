{#-
    One target judged by the marts as they are now, with the settings of this run: the row that target_status
    would have if it was built now.
-#}

{% macro judge_target(target) %}
    {%- do refuse_old_inputs(target) %}
with

metric_values as (

    {%- for mart in judged_marts(target) %}
    select
        {{ sql_text(mart | replace('mart_', '', 1)) }} as metric_id,
        mart.*
    from {{ relation_of(mart) }} as mart
    {{ 'union all' if not loop.last }}
    {%- endfor %}

)

{{ target_row(target, 'metric_values') | trim }}
{% endmacro %}


{#- A target of a mart, with its overrides. It is an error to ask a mart for a target that it does not declare. -#}
{% macro declared_target(mart, target_id) %}
    {%- for target in scenario_targets() if target.id == target_id and target.mart == mart -%}
        {{- return(target) -}}
    {%- endfor -%}
    {{- exceptions.raise_compiler_error(mart ~ ' declares no target ' ~ target_id) -}}
{% endmacro %}


{#- The marts that a target is judged on: its own and, for a baseline, those that the baseline is made of. -#}
{% macro judged_marts(target) %}
    {%- set marts = [target.mart] -%}
    {%- for metric in target.get('compare', {}).get('metrics', []) -%}
        {%- do marts.append('mart_' ~ metric) -%}
    {%- endfor -%}
    {{- return(marts | unique | list) -}}
{% endmacro %}


{#-
    What a target reads besides its mart may be left as it was by a build that renews what it is made of (dbt
    build -s +mart_x): such a target is not judged, and the error says what to build with it.
-#}
{% macro refuse_old_inputs(target) %}
    {%- set compare = target.get('compare', {}) -%}
    {%- set inputs = judged_marts(target) + [compare.get('rows'), compare.get('readout')] | select | list -%}
    {%- for model in inputs if flags.WHICH == 'build' -%}
        {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ model] -%}
        {%- if node.unique_id not in selected_resources and reads_what_is_built(node, {}) -%}
            {{- exceptions.raise_compiler_error(
                'target ' ~ target.id ~ ' cannot be judged: this run renews what ' ~ model
                ~ ' is made of, and not ' ~ model ~ ': select that, too'
            ) -}}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}


{#- Whether this run builds a table that a node reads, at whatever distance. -#}
{% macro reads_what_is_built(node, seen) %}
    {%- for parent in node.depends_on.nodes if parent in graph.nodes and parent not in seen -%}
        {%- do seen.update({parent: true}) -%}
        {%- if parent in selected_resources or reads_what_is_built(graph.nodes[parent], seen) -%}
            {{- return(true) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return(false) -}}
{% endmacro %}
