{#-
    The targets of a scenario (all of them without one), read from the meta of its marts, with the
    overrides of var target_overrides applied: a list of dicts, each with its metric's facts.
-#}

{% macro scenario_targets(scenario=none) %}
    {%- set targets = [] -%}
    {%- for mart in metric_marts(scenario) -%}
        {%- set metric = mart.config.meta.gsmt -%}
        {%- for declared in metric.targets -%}
            {%- do targets.append(full_target(declared, metric, mart.name)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{- return(targets | sort(attribute='id')) -}}
{% endmacro %}


{#- A target as the macros take it: as declared, with its overrides, defaults and its metric's facts. -#}
{% macro full_target(declared, metric, mart) %}
    {%- set target = dict(declared) -%}
    {%- do target.update(target_override(target.id)) -%}
    {%- set window = dict(target.window) -%}
    {#- The cells of a level are members of the mart; those of a comparison, of its rows. -#}
    {%- set cells = declared.members if declared.basis == 'level' and declared.members is mapping else {} -%}
    {%- set cells = {'dimension': declared.follow} if declared.get('follow') else cells -%}
    {%- do target.update({
        'scenario': metric.scenario,
        'question': metric.question,
        'area': metric.area,
        'metric': metric.metric,
        'mart': mart,
        'periods': target.get('periods', window.periods),
        'minimum_periods': window.get('minimum_periods'),
        'grain': window.get('grain', 'day'),
        'apart': window.get('apart'),
        'deadline_months': window.get('deadline_months'),
        'within_months': window.get('within_months'),
        'launched_on': target.get('launched_on', launched_on(metric.scenario)),
        'sampling_rate': sampling_rate(metric.scenario),
        'interval': declared.get('interval'),
        'require': declared.get('require'),
        'scaled': declared.get('scaled', false),
        'members': declared.get('members'),
        'dual': declared.get('dual'),
        'follow': declared.get('follow'),
        'dimension': cells.get('dimension', declared.get('dimension', 'all')),
        'member': none if cells else declared.get('member', 'all'),
    }) -%}
    {{- return(target) -}}
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
    {{- return(var('launches').get(scenario, seeds_fact(scenario, 'launched_on'))) -}}
{% endmacro %}


{#- The share of a scenario's users whose events are read: var sampling_rates, or what is known of the seeds; else 1. -#}
{% macro sampling_rate(scenario) %}
    {{- return(var('sampling_rates').get(scenario, seeds_fact(scenario, 'sampling_rate') or 1)) -}}
{% endmacro %}


{#- What the meta of a scenario's seeds says of them; none without the seeds, when other events are read. -#}
{% macro seeds_fact(scenario, name) %}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'seed' and node.name.startswith('raw_' ~ scenario ~ '__') -%}
        {{- return(node.config.meta.get('gsmt', {}).get(name)) -}}
    {%- endfor -%}
    {{- return(none) -}}
{% endmacro %}


{#- The relation of a model that is named in meta: of what a test does not depend on there is no ref. -#}
{% macro relation_of(model) %}
    {{- return(graph.nodes['model.' ~ project_name ~ '.' ~ model].relation_name) -}}
{% endmacro %}
