{#-
    A query of one row per step of a funnel: the columns of `by`, step, step_number (from 1), entrants (flows that
    reached it), and what became of these: went_on (reached a later step), failed, pending, quit; of the last step
    all have completed. The four, with completed, add up to entrants. from_start = entrants / flows, from_previous =
    entrants / entrants of the required step before.

    flows  a relation as funnel_flows makes it
    steps  the same steps
    by     names of the columns that it is grouped by
-#}

{% macro funnel_steps(flows, steps, by=[]) %}
    {%- set before = namespace(name=none) %}
    {%- for step in steps %}
    {%- set step = step if step is mapping else {'name': step} %}
    {%- set is_last_step = 'last_step = ' ~ sql_text(step.name) %}
    select
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        {{ sql_text(step.name) }} as step,
        {{ loop.index }} as step_number,
        count(reached_{{ step.name }}) as entrants,
        count(case when reached_{{ step.name }} is not null and not {{ is_last_step }} then 1 end) as went_on,
        {%- for outcome, name in [('completed', 'completed'), ('failed', 'failed'), ('pending', 'pending'), ('left', 'quit')] %}
        count(case when {{ is_last_step }} and outcome = {{ sql_text(outcome) }} then 1 end) as {{ name }},
        {%- endfor %}
        1e0 * count(reached_{{ step.name }}) / nullif(count(*), 0) as from_start,
        {%- if before.name is none %}
        1e0 * count(*) / nullif(count(*), 0) as from_previous
        {%- else %}
        1e0 * count(reached_{{ step.name }}) / nullif(count(reached_{{ before.name }}), 0) as from_previous
        {%- endif %}
    from {{ flows }}
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
    {%- if not step.get('optional') %}
        {%- set before.name = step.name %}
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{% endmacro %}
