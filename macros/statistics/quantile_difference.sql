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
    method gives; the quantiles at shares 1.96 errors down and up bound the quantile. Deng, Knoblich
    and Lu, "Applying the delta method in metric analytics" (2018), section 4. A bound that would lie
    beyond the observations is null. A quantile is an observation, never between two.
-#}

{% macro quantile_difference(observations, value, quantile, treatment, control, by=[]) %}
    {%- set keys = (by + ['variant']) | join(', ') %}
    {%- set z = normal_quantile_975() %}
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
            sqrt(var_samp(residual) * count(*)) / sum(observations) as share_error
        from unit_residuals
        group by {{ keys }}

    ),

    variant_quantiles as (

        select
            {{ keys }},
            max(units) as units,
            max(observations) as observations,
            max(quantile_value) as value
            {%- for level, sign in [('low', '-'), ('high', '+')] %},
            max(
                case
                    when
                        share_error > 0
                        and position = {{ quantile_position(
                            '(' ~ quantile ~ 'e0 ' ~ sign ~ ' ' ~ z ~ ' * share_error)'
                        ) }}
                        then value
                end
            ) as {{ level }}
            {%- endfor %}
        from quantiles
        inner join share_errors using ({{ keys }})
        group by {{ keys }}

    ),

    pairs as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            {%- for group, variant in [('treatment', treatment), ('control', control)] %}
            {%- for column in columns %}
            max(case when variant = '{{ variant }}' then {{ column }} end) as {{ group }}_{{ column }}
            {{- ',' if not (group == 'control' and loop.last) }}
            {%- endfor %}
            {%- endfor %}
        from variant_quantiles
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}

    ),

    errors as (

        select
            *,
            treatment_value - control_value as difference,
            sqrt(
                (treatment_high - treatment_low) * (treatment_high - treatment_low)
                + (control_high - control_low) * (control_high - control_low)
            ) / (2 * {{ z }}) as standard_error
        from pairs

    ),

    z_statistics as (

        select
            *,
            abs(difference) / nullif(standard_error, 0) as z_statistic
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
        difference - {{ z }} * standard_error as interval_low,
        difference + {{ z }} * standard_error as interval_high,
        2 * {{ normal_tail('z_statistic') }} as p_value
    from z_statistics
{% endmacro %}
