{#- Stops with everything that is wrong with the declaration of an experiment, as experiment_readout describes it. -#}

{% macro check_experiment(experiment) %}
    {%- set problems = experiment_problems(experiment, 'experiment') -%}
    {%- if problems -%}
        {{- exceptions.raise_compiler_error(
            'experiment ' ~ value_as_text(experiment.id) ~ ' has ' ~ problems | length ~ ' problem(s):\n  - '
            ~ problems | join('\n  - ')
        ) -}}
    {%- endif -%}
{% endmacro %}


{#- The same as a list of sentences, of which each begins with a place. First comes the form of each entry. -#}
{% macro experiment_problems(experiment, place) %}
    {%- set rule = {
        'type': 'mapping', 'entries': experiment_settings(), 'required': ['id', 'shares', 'control', 'metrics'],
    } -%}
    {%- set problems = value_problems(rule, experiment, place) -%}
    {%- if problems -%}
        {{- return(problems) -}}
    {%- endif -%}
    {%- if experiment.control not in experiment.shares -%}
        {%- do problems.append(
            place ~ '.control: ' ~ value_as_text(experiment.control) ~ ' is not one of the variants in shares'
        ) -%}
    {%- endif -%}
    {%- if experiment.shares | length < 2 -%}
        {%- do problems.append(place ~ '.shares: a control and at least one treatment are needed') -%}
    {%- endif -%}
    {%- for name, metric in experiment.metrics.items() -%}
        {%- for problem in metric_problems(metric) -%}
            {%- do problems.append(place ~ '.metrics.' ~ name ~ ': ' ~ problem) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if 'primary' not in experiment.metrics.values() | map(attribute='role') -%}
        {%- do problems.append(place ~ '.metrics: no metric is primary, so nothing can be decided') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}


{#- What an experiment may say, declared as settings are. -#}
{% macro experiment_settings() %}
    {{- return([
        {'name': 'id', 'type': 'text'},
        {'name': 'shares', 'type': 'mapping', 'each': {'type': 'number', 'above': 0}},
        {'name': 'control', 'type': 'text'},
        {'name': 'unit', 'type': 'text'},
        {'name': 'segments', 'type': 'list', 'each': {'type': 'name'}},
        {'name': 'planned_days', 'type': 'integer', 'minimum': 1, 'maximum': 3660},
        {'name': 'started_on', 'type': 'day'},
        {'name': 'planned_units', 'type': 'integer', 'minimum': 4},
        {
            'name': 'metrics',
            'type': 'mapping',
            'each': {
                'type': 'mapping',
                'entries': experiment_metric_settings(),
                'required': ['label', 'role', 'kind', 'numerator', 'good_direction'],
            },
        },
    ]) -}}
{% endmacro %}


{% macro experiment_metric_settings() %}
    {{- return([
        {'name': 'label', 'type': 'text'},
        {'name': 'role', 'type': 'choice', 'allowed': ['primary', 'secondary', 'guardrail']},
        {'name': 'kind', 'type': 'choice', 'allowed': ['mean', 'proportion', 'ratio']},
        {'name': 'numerator', 'type': 'text'},
        {'name': 'denominator', 'type': 'text'},
        {'name': 'good_direction', 'type': 'choice', 'allowed': ['up', 'down']},
        {'name': 'covariate', 'type': 'text'},
        {'name': 'margin', 'type': 'number', 'above': 0},
    ]) -}}
{% endmacro %}


{% macro metric_problems(metric) %}
    {%- set problems = [] -%}
    {%- if (metric.kind == 'ratio') != ('denominator' in metric) -%}
        {%- do problems.append('a denominator belongs to a ratio, and only to a ratio') -%}
    {%- endif -%}
    {%- if (metric.role == 'guardrail') != ('margin' in metric) -%}
        {%- do problems.append('a margin belongs to a guardrail, and only to a guardrail') -%}
    {%- endif -%}
    {%- if metric.kind == 'proportion' and 'covariate' in metric -%}
        {%- do problems.append('a proportion cannot be adjusted by a covariate; declare it as a mean') -%}
    {%- endif -%}
    {{- return(problems) -}}
{% endmacro %}
