{#-
    A target over many cells: the members of a dimension that have enough rows. What is observed is the worst cell.
    It misses the target only beyond chance: where a value on the threshold is refused, after Holm over the cells, by
    Student's test for groups and by the exact test of a count for rates. That is never too small for a share, whose
    tails are thinner than a count's (Anderson and Samuels, 1967), whereas those of the score test, which Wilson's
    interval turns round, are too thin: with five events expected in each of twelve cells it is wrong twice as often.

    The worst cell is the one with the worst value of those that miss beyond chance, or, if none does, of all: a small
    cell with a wild value does not hide a large one that surely misses.

    A comparison's `dimension` is a column of the rows, or a list of columns; a level's, a dimension of the mart.
-#}

{% macro observe_worst_member(target, metric_values) %}
    with

    {% if target.basis == 'level' %}
    {{ member_rates(target, metric_values) | trim }},
    {%- else %}
    {{ member_comparisons(target, metric_values) | trim }},
    {%- endif %}

    adjusted_cells as (
        {{ holm_adjusted('cells', [
            'member', 'baseline_value', 'observed', 'difference', 'interval_low', 'interval_high',
        ]) | trim | indent(8) }}
    ),

    worst_cells as (

        select
            *,
            row_number() over (
                order by
                    case when is_worse_beyond_chance then 0 else 1 end,
                    observed{{ ' desc' if target.operator in ['<', '<='] }},
                    member
            ) as place
        from (
            select
                *,
                not (observed {{ target.operator }} {{ target.threshold }}) and adjusted_p_value < 0.05e0
                    as is_worse_beyond_chance
            from adjusted_cells
        ) as judged_cells

    )

    select
        judged_window.window_start,
        judged_window.window_end,
        judged_window.periods,
        judged_window.is_mature,
        worst_cells.baseline_value,
        worst_cells.observed,
        worst_cells.difference,
        worst_cells.interval_low,
        worst_cells.interval_high,
        worst_cells.adjusted_p_value as p_value,
        worst_cells.member as worst_member,
        worst_cells.is_worse_beyond_chance
    from judged_window
    left join worst_cells on worst_cells.place = 1
{% endmacro %}


{#- CTEs up to `cells`: the rate of each member in the window, where it has the rows and expects the events. -#}
{% macro member_rates(target, metric_values) %}
    {%- set window = latest(target.periods) %}
    {{ target_series(target, metric_values) | trim }},

    judged_window as (

        select
            min(period_start) {{ window }} as window_start,
            max(period_start) as window_end,
            count(distinct period_start) as periods,
            {{ is_mature(target) }} as is_mature
        from series

    ),

    rates as (

        select
            member,
            {{ over_periods(target, window) }} as observed,
            sum(numerator) {{ window }} as events,
            sum(denominator) {{ window }} as denominator
        from series
        group by member

    ),

    cells as (

        select
            member,
            {{ no_number() }} as baseline_value,
            observed,
            {{ no_number() }} as difference,
            {%- for bound in ['low', 'high'] %}
            {{ rate_bound(target, bound) }} as interval_{{ bound }},
            {%- endfor %}
            {{ poisson_p_value('tested_events', 'expected') }} as p_value
        from (
            select
                *,
                {{ rarer_events(target) }} as tested_events,
                {{ expected_events(target, 'denominator') }} as expected
            from rates
        ) as expected_rates
        where
            denominator >= {{ target.members.minimum_count }}
            and expected >= {{ least_events() }}

    )
{% endmacro %}


{#- CTEs up to `cells`: the change in each member, where it has the units and they vary. -#}
{% macro member_comparisons(target, metric_values) %}
    {%- set change = change_of(target) %}
    {{ compared_units(target, metric_values) | trim }},

    {{ ratio_comparison('compared_units', change, by=['member']) | trim }},

    cells as (

        select
            member,
            baseline_value,
            observed,
            difference,
            interval_low,
            interval_high,
            2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value
        from (
            select
                *,
                control_value as baseline_value,
                {{ change }} as observed,
                abs({{ change }} - {{ target.threshold }}) / standard_error as t_statistic
            from ratio_comparison
            where
                units >= {{ target.members.minimum_count }}
                and standard_error > 0
        ) as tested_members

    )
{% endmacro %}
