{#-
    The targets of a scenario (all of them without one), read from the meta of its marts, with the
    overrides of var target_overrides applied: a list of dicts, each with its metric's facts.
-#}

{% macro scenario_targets(scenario=none) %}
    {%- set targets = [] -%}
    {%- for mart in metric_marts(scenario) -%}
        {%- set metric = mart.config.meta.gsmt -%}
        {%- for declared in metric.targets -%}
            {%- set target = dict(declared) -%}
            {%- do target.update(target_override(target.id)) -%}
            {%- set window = dict(target.window) -%}
            {%- do target.update({
                'scenario': metric.scenario,
                'question': metric.question,
                'area': metric.area,
                'metric': metric.metric,
                'mart': mart.name,
                'periods': target.get('periods', window.periods),
                'minimum_periods': window.get('minimum_periods'),
                'grain': window.get('grain', 'day'),
                'deadline_months': window.get('deadline_months'),
                'launched_on': target.get('launched_on', launched_on(metric.scenario)),
                'dimension': declared.get('dimension', 'all'),
                'member': declared.get('member', 'all'),
            }) -%}
            {%- do targets.append(target) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(targets | sort(attribute='id')) -}}
{% endmacro %}


{#- The marts of a scenario (all of them without one), in the order of their names. -#}
{% macro metric_marts(scenario=none) %}
    {%- set marts = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.meta.get('gsmt', {}).get('metric') -%}
        {%- if scenario is none or node.config.meta.gsmt.scenario == scenario -%}
            {%- do marts.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(marts | sort(attribute='name')) -}}
{% endmacro %}


{% macro target_override(target_id) %}
    {{- return(var('target_overrides').get(target_id, {})) -}}
{% endmacro %}


{#- When a scenario launched what it is about: var launches, or what is known of the seeds; else none. -#}
{% macro launched_on(scenario) %}
    {%- if scenario in var('launches') -%}
        {{- return(var('launches')[scenario]) -}}
    {%- endif -%}
    {#- Without the seeds, other events are read. -#}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'seed' and node.name.startswith('raw_' ~ scenario ~ '__') -%}
        {{- return(node.config.meta.get('gsmt', {}).get('launched_on')) -}}
    {%- endfor -%}
{% endmacro %}


{#- The relation of a model that is named in meta: of what a test does not depend on there is no ref. -#}
{% macro relation_of(model) %}
    {{- return(graph.nodes['model.' ~ project_name ~ '.' ~ model].relation_name) -}}
{% endmacro %}
