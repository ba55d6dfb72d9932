{#-
    Relative lift of a ratio of sums between a treatment and a control group, by the delta method
    at the unit of analysis. Renders the CTEs up to `ratio_lift`, which has one row:
    treatment_value, control_value, difference, lift, interval_low, interval_high (95 %), p_value.

    units  a CTE with one row per unit and its four sums: treatment_numerator,
           treatment_denominator, control_numerator, control_denominator; a unit that is in one
           group only has zeros for the other

    Each unit's influence on the lift is linearised; the lift's variance is the sum of their squares.
    That holds for units in both groups (their two ratios move together) and for groups of different
    units alike, which is why sums are kept side by side and not in one row for each group. Interval and
    p-value are Student's: units of which any is in both groups are one sample, with one degree of freedom
    less than units; groups of different units are two, with Welch's degrees of freedom.
-#}

{% macro ratio_lift(units) %}
    group_ratios as (

        select
            count(*) as units,
            sum(treatment_denominator) as treatment_denominator,
            sum(control_denominator) as control_denominator,
            sum(treatment_numerator) / nullif(sum(treatment_denominator), 0) as treatment_value,
            sum(control_numerator) / nullif(sum(control_denominator), 0) as control_value
        from {{ units }}

    ),

    influences as (

        select
            (
                (units.treatment_numerator - ratios.treatment_value * units.treatment_denominator)
                / nullif(ratios.treatment_denominator, 0)
                - ratios.treatment_value / nullif(ratios.control_value, 0)
                * (units.control_numerator - ratios.control_value * units.control_denominator)
                / nullif(ratios.control_denominator, 0)
            ) / nullif(ratios.control_value, 0) as influence,
            case
                when
                    max(
                        case when units.treatment_denominator <> 0 and units.control_denominator <> 0 then 1 end
                    ) over () = 1
                    then 'both'
                when units.treatment_denominator <> 0 then 'treatment'
                else 'control'
            end as membership
        from {{ units }} as units
        cross join group_ratios as ratios

    ),

    samples as (

        select
            membership,
            count(*) - 1 as degrees_of_freedom,
            -- The sample's own mean was used, which costs one degree of freedom.
            sum(influence * influence) * count(*) / nullif(count(*) - 1, 0) as variance
        from influences
        group by membership

    ),

    standard_error as (

        select
            case when min(degrees_of_freedom) > 0 then sqrt(sum(variance)) end as standard_error,
            sum(variance) * sum(variance)
            / nullif(sum(variance * variance / nullif(degrees_of_freedom, 0)), 0) as degrees_of_freedom
        from samples

    ),

    lifts as (

        select
            ratios.treatment_value,
            ratios.control_value,
            ratios.treatment_value / nullif(ratios.control_value, 0) - 1 as lift,
            abs(ratios.treatment_value / nullif(ratios.control_value, 0) - 1)
            / nullif(errors.standard_error, 0) as t_statistic,
            errors.degrees_of_freedom,
            {{ student_t_quantile_975('errors.degrees_of_freedom') }} * errors.standard_error as half_width
        from group_ratios as ratios
        cross join standard_error as errors

    ),

    ratio_lift as (

        select
            treatment_value,
            control_value,
            treatment_value - control_value as difference,
            lift,
            lift - half_width as interval_low,
            lift + half_width as interval_high,
            2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value
        from lifts

    )
{% endmacro %}
