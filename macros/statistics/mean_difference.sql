{#-
    A query of one row per metric: the difference of two variants' means or ratios of means, and their
    lift, with 95 % intervals. Columns: metric, treatment_units, control_units, treatment_value,
    control_value, difference, standard_error, degrees_of_freedom, interval_low, interval_high, p_value,
    lift, lift_low, lift_high.

    statistics          a relation as sufficient_statistics makes it
    treatment, control  names of the two variants
    by                  names of the further columns that it is grouped by

    A mean is compared by Welch's t test. A ratio r = numerator / denominator is a mean to first order,
    that of (numerator - r * denominator) / mean denominator: the delta method, as in Deng, Knoblich and
    Lu (2018). The lift's interval is made on the logarithm, so it is null unless both values are above
    zero. Error, interval and p-value are null where a variant has fewer than two units or neither varies.
-#}

{% macro mean_difference(statistics, treatment, control, by=[]) %}
    {%- set keys = by + ['metric', 'treatment_units', 'control_units', 'treatment_value', 'control_value'] %}
    with variant_values as (

        select
            *,
            {%- for group in ['treatment', 'control'] %}
            {{ group }}_numerator_sum / nullif({{ group }}_denominator_sum, 0) as {{ group }}_value,
            {{ group }}_numerator_squares as {{ group }}_own_squares,
            {{ group }}_denominator_squares * {{ group }}_numerator_sum * {{ group }}_numerator_sum
            / nullif({{ group }}_denominator_sum * {{ group }}_denominator_sum, 0) as {{ group }}_base_squares,
            {{ group }}_cross_product * {{ group }}_numerator_sum
            / nullif({{ group }}_denominator_sum, 0) as {{ group }}_shared_squares
            {{- ',' if not loop.last }}
            {%- endfor %}
        from ({{ variant_pairs(statistics, treatment, control, by) }}) as pairs

    ),

    variances as (

        select
            {{ keys | join(', ') }},
            {%- for group in ['treatment', 'control'] %}
            {%- set squares -%}
                ({{ group }}_own_squares - 2 * {{ group }}_shared_squares + {{ group }}_base_squares)
            {%- endset %}
            -- What is left of squares that cancel is rounding.
            case
                when {{ squares }} <= 1e-12 * ({{ group }}_own_squares + {{ group }}_base_squares) then 0
                else {{ squares }}
            end * {{ group }}_units / nullif({{ group }}_units - 1, 0)
            / nullif({{ group }}_denominator_sum * {{ group }}_denominator_sum, 0) as {{ group }}_variance
            {{- ',' if not loop.last }}
            {%- endfor %}
        from variant_values

    ),

    relative_variances as (

        select
            *,
            case
                when treatment_value > 0 and control_value > 0
                    then treatment_variance / (treatment_value * treatment_value)
            end as treatment_relative,
            case
                when treatment_value > 0 and control_value > 0
                    then control_variance / (control_value * control_value)
            end as control_relative
        from variances

    ),

    standard_errors as (

        select
            {{ keys | join(', ') }},
            sqrt(treatment_variance + control_variance) as standard_error,
            sqrt(treatment_relative + control_relative) as relative_error,
            {{ welch_degrees_of_freedom('treatment_variance', 'control_variance') }} as degrees_of_freedom,
            {{ welch_degrees_of_freedom('treatment_relative', 'control_relative') }} as relative_degrees_of_freedom,
            abs(treatment_value - control_value)
            / nullif(sqrt(treatment_variance + control_variance), 0) as t_statistic
        from relative_variances

    ),

    half_widths as (

        select
            *,
            {{ student_t_quantile_975('degrees_of_freedom') }} * standard_error as half_width,
            exp({{ student_t_quantile_975('relative_degrees_of_freedom') }} * relative_error) as half_factor
        from standard_errors

    )

    select
        {{ keys | join(', ') }},
        treatment_value - control_value as difference,
        standard_error,
        degrees_of_freedom,
        treatment_value - control_value - half_width as interval_low,
        treatment_value - control_value + half_width as interval_high,
        2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value,
        treatment_value / nullif(control_value, 0) - 1 as lift,
        treatment_value / nullif(control_value, 0) / half_factor - 1 as lift_low,
        treatment_value / nullif(control_value, 0) * half_factor - 1 as lift_high
    from half_widths
{% endmacro %}
