{#-
    Relative lift of a ratio of sums between a treatment and a control group, by the delta method
    at the unit of analysis. Renders the CTEs up to `ratio_lift`, which has one row:
    treatment_value, control_value, difference, lift, interval_low, interval_high (95 %), p_value.

    units  a CTE with one row per unit and its four sums: treatment_numerator,
           treatment_denominator, control_numerator, control_denominator; a unit that is in one
           group only has zeros for the other

    Each unit's influence on the lift is linearised; the lift's variance is the sum of their squares.
    That holds for units in both groups (their two ratios move together) and for groups of different
    units alike, which is why sums are kept side by side and not in one row for each group.
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
            ) / nullif(ratios.control_value, 0) as influence
        from {{ units }} as units
        cross join group_ratios as ratios

    ),

    standard_error as (

        select
            -- The sample's own mean was used, which costs one degree of freedom.
            sqrt(sum(influence * influence) * count(*) / nullif(count(*) - 1, 0)) as standard_error
        from influences

    ),

    ratio_lift as (

        select
            ratios.treatment_value,
            ratios.control_value,
            ratios.treatment_value - ratios.control_value as difference,
            ratios.treatment_value / nullif(ratios.control_value, 0) - 1 as lift,
            ratios.treatment_value / nullif(ratios.control_value, 0) - 1
            - {{ normal_quantile_975() }} * errors.standard_error as interval_low,
            ratios.treatment_value / nullif(ratios.control_value, 0) - 1
            + {{ normal_quantile_975() }} * errors.standard_error as interval_high,
            2 * {{ normal_tail(
                'abs(ratios.treatment_value / nullif(ratios.control_value, 0) - 1)'
                ~ ' / nullif(errors.standard_error, 0)'
            ) }} as p_value
        from group_ratios as ratios
        cross join standard_error as errors

    )
{% endmacro %}
