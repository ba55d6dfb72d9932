{#-
    A query of one row per metric: the difference of two variants' proportions, and their lift, with 95 %
    intervals. Columns: metric, treatment_units, control_units, treatment_value, control_value,
    difference, interval_low, interval_high, p_value, lift, lift_low, lift_high.

    statistics          a relation as sufficient_statistics makes it, of metrics that are 0 or 1 for each unit
    treatment, control  names of the two variants
    by                  names of the further columns that it is grouped by

    p-value: the pooled z test, which is Pearson's chi-square test. Interval: both Wilson intervals
    combined, Newcombe (1998), method 10; it keeps its width when all or none convert. Lift: Katz's
    interval on the logarithm (1978), null where a variant has no success or both have no failure. p-value
    null where both variants are all successes or all failures. All three are of normal quantiles: a
    proportion has no variance of its own to estimate, so Student's t has no place here.
-#}

{% macro proportion_difference(statistics, treatment, control, by=[]) %}
    {%- set z = normal_quantile_975() %}
    {%- set keys = by + ['metric', 'treatment_units', 'control_units'] %}
    with proportions as (

        select
            {{ keys | join(', ') }},
            treatment_numerator_sum / nullif(treatment_units, 0) as treatment_value,
            control_numerator_sum / nullif(control_units, 0) as control_value,
            (treatment_numerator_sum + control_numerator_sum) / (treatment_units + control_units) as pooled_value
        from ({{ variant_pairs(statistics, treatment, control, by) }}) as pairs

    ),

    wilson_intervals as (

        select
            *,
            {%- for group in ['treatment', 'control'] %}
            {%- for bound in ['low', 'high'] %}
            {{ wilson_bound(group ~ '_value', group ~ '_units', bound) | indent(12) }} as {{ group }}_{{ bound }},
            {%- endfor %}
            {%- endfor %}
            abs(treatment_value - control_value) / nullif(sqrt(
                pooled_value * (1 - pooled_value) / nullif(treatment_units, 0)
                + pooled_value * (1 - pooled_value) / nullif(control_units, 0)
            ), 0) as z_statistic,
            exp({{ z }} * nullif(sqrt(
                (1 - treatment_value) / nullif(treatment_value * treatment_units, 0)
                + (1 - control_value) / nullif(control_value * control_units, 0)
            ), 0)) as half_factor
        from proportions

    )

    select
        {{ keys | join(', ') }},
        treatment_value,
        control_value,
        treatment_value - control_value as difference,
        treatment_value - control_value - sqrt(
            (treatment_value - treatment_low) * (treatment_value - treatment_low)
            + (control_high - control_value) * (control_high - control_value)
        ) as interval_low,
        treatment_value - control_value + sqrt(
            (treatment_high - treatment_value) * (treatment_high - treatment_value)
            + (control_value - control_low) * (control_value - control_low)
        ) as interval_high,
        2 * {{ normal_tail('z_statistic') }} as p_value,
        treatment_value / nullif(control_value, 0) - 1 as lift,
        treatment_value / nullif(control_value, 0) / half_factor - 1 as lift_low,
        treatment_value / nullif(control_value, 0) * half_factor - 1 as lift_high
    from wilson_intervals
{% endmacro %}
