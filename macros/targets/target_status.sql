{#-
    One row for each target of a scenario: what was observed in which window, against what
    threshold, and the status:
      met             the observed value satisfies the rule (and is significant, where asked; or its whole interval
                      does, where that is required); of many cells, none misses it beyond chance
      missed          it does not
      not_yet_mature  the data since the launch does not fill the window yet, or end before the deadline
      no_data         there is nothing to judge: no rows, nothing to divide by, or too few events expected
    built_at and built_from say by which build: the start of its run, and where its events lay. Scenarios are built
    one by one, so the rows of two may be of different builds.

    A basis (level, growth, lift, diff, exists) is a macro observe_...(target, metric_values) that returns a
    select of one row with the columns of `observation` below; a new basis is a new macro. docs/targets.md
    explains what a target may ask for.
-#}

{% macro target_status(scenario, metric_values) %}
    {%- for target in (scenario_targets(scenario) if execute else []) %}
{{ target_row(target, metric_values) | trim }}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- else %}
select * from {{ metric_values }}
    {%- endfor %}
{% endmacro %}


{% macro target_row(target, metric_values) %}
    {%- set threshold = target.threshold if target.operator == 'between' else [target.threshold, none] %}
select
    {{ sql_text(target.question) }} as question_id,
    {{ sql_text(target.area) }} as area_id,
    {{ sql_text(target.id) }} as target_id,
    {{ sql_text(target.metric) }} as metric_id,
    {{ sql_text(target.statistic) }} as statistic,
    {{ sql_text(target.basis) }} as basis,
    {{ sql_text(target.operator) }} as operator,
    cast({{ threshold[0] }} as {{ engine_type('double') }}) as threshold,
    cast({{ threshold[1] if threshold[1] is not none else 'null' }} as {{ engine_type('double') }}) as upper_threshold,
    {{ sql_text('overridden' if 'threshold' in target_override(target.id) else target.threshold_source) }}
        as threshold_source,
    {{ sql_text(target.severity) }} as severity,
    {{ sql_text(target.owner) }} as owner,
    cast({{ target.periods }} as {{ engine_type('integer') }}) as window_periods,
    window_start,
    window_end,
    cast(periods as {{ engine_type('integer') }}) as periods_observed,
    baseline_value,
    observed,
    difference,
    interval_low,
    interval_high,
    p_value,
    worst_member,
    case
        when (select count(*) from {{ metric_values }} where metric_id = {{ sql_text(target.metric) }}) = 0
            then 'no_data'
        when not is_mature then 'not_yet_mature'
        {%- if target.dual %}
        -- A quantile that lies among the failures is no number, and the worst of all.
        when is_worse_beyond_chance then 'missed'
        {%- endif %}
        when observed is null then 'no_data'
        {%- if target.interval and not target.members %}
        when expected_events < {{ least_events() }} then 'no_data'
        {%- endif %}
        {%- if target.require == 'interval' %}
        when interval_low is null or interval_high is null then 'no_data'
        {%- endif %}
        when {{ satisfies(target) }} then 'met'
        else 'missed'
    end as status,
    cast('{{ run_started_at.strftime('%Y-%m-%d %H:%M:%S') }}' as {{ engine_type('timestamp') }}) as built_at,
    {{ sql_literal(place_of_events()) }} as built_from
from (
    {{ observe(target, metric_values) | trim | indent(4) }}
) as observation
{% endmacro %}


{% macro satisfies(target) -%}
    {%- if target.members -%}
        not is_worse_beyond_chance
    {%- elif target.require == 'interval' and target.operator == 'between' -%}
        interval_low >= {{ target.threshold[0] }} and interval_high <= {{ target.threshold[1] }}
    {%- elif target.require == 'interval' -%}
        {{ 'interval_high' if target.operator in ['<', '<='] else 'interval_low' }} {{ target.operator }} {{ target.threshold }}
    {%- elif target.operator == 'between' -%}
        observed between {{ target.threshold[0] }} and {{ target.threshold[1] }}
    {%- else -%}
        observed {{ target.operator }} {{ target.threshold }}
    {%- endif -%}
    {%- if target.get('significant') %}
        and {{ 'is_better_beyond_chance' if 'readout' in target.compare else 'interval_low * interval_high > 0' }}
    {%- endif -%}
    {%- if target.basis == 'level' and 'compare' in target %}
        and difference > 0
    {%- endif -%}
{%- endmacro %}


{% macro observe(target, metric_values) %}
    {%- set problems = check_target(target) -%}
    {%- if problems -%}
        {{- exceptions.raise_compiler_error(
            'target ' ~ target.id ~ ' of ' ~ target.mart ~ ': ' ~ problems | join('; ')
        ) -}}
    {%- elif target.dual -%}
        {{- observe_dual(target, metric_values) -}}
    {%- elif target.members -%}
        {{- observe_worst_member(target, metric_values) -}}
    {%- elif target.basis == 'level' and 'compare' in target -%}
        {{- observe_level_beside_others(target, metric_values) -}}
    {%- elif target.basis == 'level' -%}
        {{- observe_level(target, metric_values) -}}
    {%- elif target.basis == 'growth' and target.follow -%}
        {{- observe_followed_growth(target, metric_values) -}}
    {%- elif target.basis == 'growth' -%}
        {{- observe_growth(target, metric_values) -}}
    {%- elif target.basis == 'exists' -%}
        {{- observe_exists(target, metric_values) -}}
    {%- elif target.basis in ['lift', 'diff'] and 'readout' in target.compare -%}
        {{- observe_readout(target, metric_values) -}}
    {%- elif target.basis in ['lift', 'diff'] -%}
        {{- observe_comparison(target, metric_values) -}}
    {%- else -%}
        {{- exceptions.raise_compiler_error(
            'target ' ~ target.id ~ ' of ' ~ target.mart ~ ": basis '" ~ target.basis
            ~ "' is not one of level, growth, lift, diff, exists"
        ) -}}
    {%- endif -%}
{% endmacro %}
