{#-
    A query of one row, or one per group: a quantile over observations in two variants, and its difference, with 95 %
    intervals that know that observations of one unit are alike. Columns: for either group units,
    observations, value, low and high (treatment_value, ...); difference, standard_error, interval_low,
    interval_high, p_value.

    observations        a relation with one row per observation: unit_id, variant, and the value
    value               name of the column
    quantile            between 0 and 1, a literal
    treatment, control  names of the two variants
    by                  names of columns to group by

    The share of observations up to the quantile is a ratio of means over units, whose error the delta
    method gives; the quantiles at shares t errors down and up bound the quantile, t being Student's at 97.5 %
    with one degree of freedom less than units. Deng, Knoblich and Lu, "Applying the delta method in metric
    analytics" (2018), section 4. The difference is compared by Welch's test. A bound that would lie beyond
    the observations is null. A quantile is an observation, never between two.
-#}

{% macro quantile_difference(observations, value, quantile, treatment, control, by=[]) %}
    {%- set keys = (by + ['variant']) | join(', ') %}
    {%- set columns = ['units', 'observations', 'value', 'low', 'high'] %}
    with positions as (

        select
            {{ keys }},
            unit_id,
            {{ value }} as value,
            row_number() over (partition by {{ keys }} order by {{ value }}) as position,
            count(*) over (partition by {{ keys }}) as observations
        from {{ observations }}
        where {{ value }} is not null

    ),

    quantiles as (

        select
            *,
            max(case when position = {{ quantile_position(quantile ~ 'e0') }} then value end)
                over (partition by {{ keys }}) as quantile_value
        from positions

    ),

    unit_residuals as (

        select
            {{ keys }},
            unit_id,
            count(*) as observations,
            sum(case when value <= quantile_value then 1e0 else 0e0 end) - {{ quantile }}e0 * count(*) as residual
        from quantiles
        group by {{ keys }}, unit_id

    ),

    share_errors as (

        select
            {{ keys }},
            count(*) as units,
            sqrt(var_samp(residual) * count(*)) / sum(observations) as share_error,
            nullif(count(*) - 1, 0) as degrees_of_freedom
        from unit_residuals
        group by {{ keys }}

    ),

    share_intervals as (

        select
            *,
            {{ student_t_quantile_975('degrees_of_freedom') }} as t_quantile
        from share_errors

    ),

    variant_quantiles as (

        select
            {{ keys }},
            max(units) as units,
            max(observations) as observations,
            max(quantile_value) as value,
            max(t_quantile) as t_quantile
            {%- for level, sign in [('low', '-'), ('high', '+')] %},
            max(
                case
                    when
                        share_error > 0
                        and position = {{ quantile_position(
                            '(' ~ quantile ~ 'e0 ' ~ sign ~ ' t_quantile * share_error)'
                        ) }}
                        then value
                end
            ) as {{ level }}
            {%- endfor %}
        from quantiles
        inner join share_intervals using ({{ keys }})
        group by {{ keys }}

    ),

    pairs as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            {%- for group, variant in [('treatment', treatment), ('control', control)] %}
            {%- for column in columns + ['t_quantile'] %}
            max(case when variant = '{{ variant }}' then {{ column }} end) as {{ group }}_{{ column }}
            {{- ',' if not (group == 'control' and loop.last) }}
            {%- endfor %}
            {%- endfor %}
        from variant_quantiles
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}

    ),

    variances as (

        select
            *,
            treatment_value - control_value as difference
            {%- for group in ['treatment', 'control'] %},
            ({{ group }}_high - {{ group }}_low) / (2 * {{ group }}_t_quantile)
            * ({{ group }}_high - {{ group }}_low) / (2 * {{ group }}_t_quantile) as {{ group }}_variance
            {%- endfor %}
        from pairs

    ),

    errors as (

        select
            *,
            sqrt(treatment_variance + control_variance) as standard_error,
            {{ welch_degrees_of_freedom('treatment_variance', 'control_variance') }} as degrees_of_freedom,
            abs(difference) / nullif(sqrt(treatment_variance + control_variance), 0) as t_statistic
        from variances

    ),

    half_widths as (

        select
            *,
            {{ student_t_quantile_975('degrees_of_freedom') }} * standard_error as half_width
        from errors

    )

    select
        {%- for key in by %}
        {{ key }},
        {%- endfor %}
        {%- for group in ['treatment', 'control'] %}
        {%- for column in columns %}
        {{ group }}_{{ column }},
        {%- endfor %}
        {%- endfor %}
        difference,
        standard_error,
        difference - half_width as interval_low,
        difference + half_width as interval_high,
        2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value
    from half_widths
{% endmacro %}
