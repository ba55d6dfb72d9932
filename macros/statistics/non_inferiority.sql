{#-
    A query of one row per guardrail: is the treatment worse by less than the margin? Columns: metric,
    difference, margin, worst_difference, p_value, is_non_inferior.

    differences  a relation as mean_difference makes it
    margins      {metric: {margin: expression over `differences`, higher_is_better: boolean}}; the margin
                 is positive, in the metric's unit: 0.5, or 0.02 * control_value for two percent
    by           names of the further columns of the differences

    A one-sided test at 2.5 % of "worse by the margin or more", with the t distribution. It agrees with
    the 95 % interval: non-inferior is where its worse end, worst_difference, stays within the margin.
-#}

{% macro non_inferiority(differences, margins, by=[]) %}
    {%- set keys = by + ['metric', 'difference', 'margin', 'worst_difference'] %}
    with guardrails as (
        {% for metric, rule in margins.items() %}
        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            metric,
            difference,
            {{ rule.margin }} as margin,
            {{ 'interval_low' if rule.higher_is_better else 'interval_high' }} as worst_difference,
            ({{ 'difference' if rule.higher_is_better else '-difference' }} + {{ rule.margin }})
            / nullif(standard_error, 0) as t_statistic,
            degrees_of_freedom
        from {{ differences }}
        where metric = '{{ metric }}'
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ),

    p_values as (

        select
            *,
            {{ student_t_tail('t_statistic', 'degrees_of_freedom') }} as p_value
        from guardrails

    )

    select
        {{ keys | join(', ') }},
        p_value,
        p_value < 0.025e0 as is_non_inferior
    from p_values
{% endmacro %}
