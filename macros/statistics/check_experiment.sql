{#- Stops with everything that is wrong with the declaration of an experiment, as experiment_readout describes it. -#}

{% macro check_experiment(experiment) %}
    {%- set problems = [] -%}
    {%- set settings = [
        'id', 'shares', 'control', 'unit', 'segments', 'planned_days', 'started_on', 'planned_units', 'metrics',
    ] -%}
    {%- for name in experiment if name not in settings -%}
        {%- do problems.append(name ~ ' is not a setting of an experiment') -%}
    {%- endfor -%}
    {%- for name in ['id', 'shares', 'control', 'metrics'] if name not in experiment -%}
        {%- do problems.append(name ~ ' is missing') -%}
    {%- endfor -%}
    {%- for name, least in {'planned_days': 1, 'planned_units': 4}.items() if name in experiment -%}
        {%- if not (experiment[name] is integer and experiment[name] >= least) -%}
            {%- do problems.append(name ~ ' is not a whole number from ' ~ least ~ ' up') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set shares = experiment.get('shares', {}) -%}
    {%- if experiment.get('control') not in shares -%}
        {%- do problems.append("control '" ~ experiment.get('control') ~ "' is not one of the variants in shares") -%}
    {%- endif -%}
    {%- if shares | length < 2 -%}
        {%- do problems.append('shares: a control and at least one treatment are needed') -%}
    {%- endif -%}
    {%- for name, metric in experiment.get('metrics', {}).items() -%}
        {%- for problem in metric_problems(metric) -%}
            {%- do problems.append('metric ' ~ name ~ ': ' ~ problem) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if 'primary' not in experiment.get('metrics', {}).values() | map(attribute='role') -%}
        {%- do problems.append('no metric is primary, so nothing can be decided') -%}
    {%- endif -%}
    {%- if problems -%}
        {{- exceptions.raise_compiler_error(
            "experiment '" ~ experiment.get('id') ~ "' has " ~ problems | length ~ ' problem(s):\n  - '
            ~ problems | join('\n  - ')
        ) -}}
    {%- endif -%}
{% endmacro %}


{% macro metric_problems(metric) %}
    {%- set problems = [] -%}
    {%- set settings = [
        'label', 'role', 'kind', 'numerator', 'denominator', 'good_direction', 'covariate', 'margin',
    ] -%}
    {%- for name in metric if name not in settings -%}
        {%- do problems.append(name ~ ' is not a setting of a metric') -%}
    {%- endfor -%}
    {%- for name in ['label', 'numerator'] if not metric.get(name) -%}
        {%- do problems.append(name ~ ' is missing') -%}
    {%- endfor -%}
    {%- for name, allowed in {
        'role': ['primary', 'secondary', 'guardrail'],
        'kind': ['mean', 'proportion', 'ratio'],
        'good_direction': ['up', 'down'],
    }.items() if metric.get(name) not in allowed -%}
        {%- do problems.append(name ~ " '" ~ metric.get(name) ~ "' is not one of " ~ allowed | join(', ')) -%}
    {%- endfor -%}
    {%- if (metric.kind == 'ratio') != ('denominator' in metric) -%}
        {%- do problems.append('a denominator belongs to a ratio, and only to a ratio') -%}
    {%- endif -%}
    {%- if (metric.role == 'guardrail') != ('margin' in metric) -%}
        {%- do problems.append('a margin belongs to a guardrail, and only to a guardrail') -%}
    {%- elif 'margin' in metric and not (metric.margin is number and metric.margin > 0) -%}
        {%- do problems.append('margin is not a number above zero, such as 0.1 for a tenth of the control') -%}
    {%- endif -%}
    {%- if metric.kind == 'proportion' and 'covariate' in metric -%}
        {%- do problems.append('a proportion cannot be adjusted by a covariate; declare it as a mean') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
