{#-
    The lift (or the difference, as the basis says) of a treatment, as the readout of its experiment has it: in the
    planned window, and mature when that is over. Significant is what the readout calls better beyond chance, among
    all metrics of its role. A readout whose split is not as planned has none, so there is nothing to judge.
-#}
{% macro observe_readout(target, metric_values) %}
    {%- set compare = target.compare %}
    {%- set change = change_of(target) %}
    select
        treatment.started_on as window_start,
        treatment.observed_until as window_end,
        treatment.days_observed as periods,
        treatment.is_final as is_mature,
        control.estimate as baseline_value,
        treatment.{{ change }} as observed,
        treatment.difference,
        treatment.{{ change }}_low as interval_low,
        treatment.{{ change }}_high as interval_high,
        treatment.adjusted_p_value as p_value,
        {{ no_member() }} as worst_member,
        treatment.is_better_beyond_chance
    from {{ relation_of(compare.readout) }} as treatment
    inner join {{ relation_of(compare.readout) }} as control
        on treatment.metric = control.metric
    where
        treatment.metric = {{ sql_text(compare.metric) }}
        and treatment.variant = {{ sql_text(compare.treatment) }}
        and control.variant = {{ sql_text(compare.control) }}
{% endmacro %}


{#-
    Relative (lift) or absolute (diff) difference of a ratio between two groups of rows, with its interval, judged at
    the unit.
-#}
{% macro observe_comparison(target, metric_values) %}
    with

    {{ compared_units(target, metric_values) | trim }},

    {{ ratio_comparison('compared_units', change_of(target)) | trim }}

    select
        judged_window.window_start,
        judged_window.window_end,
        judged_window.periods,
        judged_window.is_mature,
        ratio_comparison.control_value as baseline_value,
        ratio_comparison.{{ change_of(target) }} as observed,
        ratio_comparison.difference,
        ratio_comparison.interval_low,
        ratio_comparison.interval_high,
        ratio_comparison.p_value,
        {{ no_member() }} as worst_member
    from judged_window
    cross join ratio_comparison
{% endmacro %}


{#- What a comparison of groups observes: the name of its column. -#}
{% macro change_of(target) -%}
    {{- return({'lift': 'lift', 'diff': 'difference'}[target.basis]) -}}
{%- endmacro %}


{#-
    CTEs up to `compared_units`: the sums of each unit in both groups, in the judged window; of each of its members,
    where a target has many.
-#}
{% macro compared_units(target, metric_values) %}
    {%- set compare = target.compare %}
    {{ target_series(target, metric_values) | trim }},

    judged_window as (

        select
            min(period_start) as window_start,
            max(period_start) as window_end,
            count(*) as periods,
            {{ is_mature(target) }} as is_mature
        from series
        where recency <= {{ target.periods }}

    ),

    unit_sums as (

        select
            {{ compare.unit }} as unit_id,
            {%- if target.members %}
            {{ member_name(target.members.dimension) }} as member,
            {%- endif %}
            {%- for group in ['treatment', 'control'] %}
            {%- for part in ['numerator', 'denominator'] %}
            sum(case when {{ compare.group }} = {{ sql_text(compare[group]) }} then {{ compare[part] }} else 0 end)
                as {{ group }}_{{ part }}
            {{- ',' if not (group == 'control' and loop.last) }}
            {%- endfor %}
            {%- endfor %}
        from {{ relation_of(compare.rows) }}
        inner join judged_window
            on {{ compare.day }} between judged_window.window_start and judged_window.window_end
        where {{ compare.group }} in ({{ sql_text(compare.treatment) }}, {{ sql_text(compare.control) }})
        group by {{ compare.unit }}{{ ', ' ~ member_name(target.members.dimension) if target.members }}

    ),

    compared_units as (

        select *
        from unit_sums
        {%- if compare.get('units_in_both_groups') %}
        where
            treatment_denominator > 0
            and control_denominator > 0
        {%- endif %}

    )
{% endmacro %}


{#- A cell of one or several columns of rows: ios, or ios / PT. -#}
{% macro member_name(dimension) -%}
    concat_ws(' / ', {{ ([dimension] if dimension is string else dimension) | join(', ') }})
{%- endmacro %}
