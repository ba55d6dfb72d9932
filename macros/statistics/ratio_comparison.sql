{#-
    A ratio of sums compared between a treatment and a control group, by the delta method at the unit of
    analysis. Renders the CTEs up to `ratio_comparison`, which has one row, or one per group of `by`: units,
    treatment_value, control_value, difference, lift, and of the change that is asked for standard_error,
    degrees_of_freedom, interval_low, interval_high (95 %), p_value.

    units   a CTE with one row per unit (and group of `by`) and its four sums: treatment_numerator,
            treatment_denominator, control_numerator, control_denominator; a unit that is in one
            group only has zeros for the other
    change  lift (relative) or difference (absolute)
    by      names of further columns of units that it is grouped by

    Each unit's influence on the change is linearised; the change's variance is the sum of their squares.
    That holds for units in both groups (their two ratios move together) and for groups of different
    units alike, which is why sums are kept side by side and not in one row for each group. Interval and
    p-value are Student's: units of which any is in both groups are one sample, with one degree of freedom
    less than units; groups of different units are two, with Welch's degrees of freedom. A difference of
    means, where each denominator is 1, is Welch's test.
-#}

{% macro ratio_comparison(units, change, by=[]) %}
    {%- set keys = by | join(', ') %}
    {%- set join, using = ('inner join', 'using (' ~ keys ~ ')') if by else ('cross join', '') %}
    {%- set factor, divisor = {
        'lift': ('ratios.treatment_value / nullif(ratios.control_value, 0)', 'nullif(ratios.control_value, 0)'),
        'difference': ('1e0', '1e0'),
    }[change] %}
    group_ratios as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            count(*) as units,
            sum(treatment_denominator) as treatment_denominator,
            sum(control_denominator) as control_denominator,
            sum(treatment_numerator) / nullif(sum(treatment_denominator), 0) as treatment_value,
            sum(control_numerator) / nullif(sum(control_denominator), 0) as control_value
        from {{ units }}
        {%- if by %}
        group by {{ keys }}
        {%- endif %}

    ),

    influences as (

        select
            {%- for key in by %}
            units.{{ key }},
            {%- endfor %}
            (
                (units.treatment_numerator - ratios.treatment_value * units.treatment_denominator)
                / nullif(ratios.treatment_denominator, 0)
                - {{ factor }}
                * (units.control_numerator - ratios.control_value * units.control_denominator)
                / nullif(ratios.control_denominator, 0)
            ) / {{ divisor }} as influence,
            case
                when
                    max(
                        case when units.treatment_denominator <> 0 and units.control_denominator <> 0 then 1 end
                    ) over ({{ 'partition by units.' ~ by | join(', units.') if by }}) = 1
                    then 'both'
                when units.treatment_denominator <> 0 then 'treatment'
                else 'control'
            end as membership
        from {{ units }} as units
        {{ join }} group_ratios as ratios {{ using }}

    ),

    samples as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            membership,
            count(*) - 1 as degrees_of_freedom,
            -- The sample's own mean was used, which costs one degree of freedom.
            sum(influence * influence) * count(*) / nullif(count(*) - 1, 0) as variance
        from influences
        group by {{ (by + ['membership']) | join(', ') }}

    ),

    standard_error as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            case when min(degrees_of_freedom) > 0 then sqrt(sum(variance)) end as standard_error,
            sum(variance) * sum(variance)
            / nullif(sum(variance * variance / nullif(degrees_of_freedom, 0)), 0) as degrees_of_freedom
        from samples
        {%- if by %}
        group by {{ keys }}
        {%- endif %}

    ),

    changes as (

        select
            {%- for key in by %}
            ratios.{{ key }},
            {%- endfor %}
            ratios.units,
            ratios.treatment_value,
            ratios.control_value,
            ratios.treatment_value - ratios.control_value as difference,
            ratios.treatment_value / nullif(ratios.control_value, 0) - 1 as lift,
            errors.standard_error,
            errors.degrees_of_freedom
        from group_ratios as ratios
        {{ join }} standard_error as errors {{ using }}

    ),

    tested_changes as (

        select
            *,
            abs({{ change }}) / nullif(standard_error, 0) as t_statistic,
            {{ student_t_quantile_975('degrees_of_freedom') }} * standard_error as half_width
        from changes

    ),

    ratio_comparison as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            units,
            treatment_value,
            control_value,
            difference,
            lift,
            standard_error,
            degrees_of_freedom,
            {{ change }} - half_width as interval_low,
            {{ change }} + half_width as interval_high,
            2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value
        from tested_changes

    )
{% endmacro %}
