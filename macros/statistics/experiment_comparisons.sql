{#-
    A query of the numbers of a readout: one row per declared metric and treatment, also where there is
    nothing to compare. Columns: metric, label, role, kind, method, higher_is_better, margin, margin_percent,
    treatment;
    of both variants, as they are, treatment_units, treatment_estimate, control_units, control_estimate;
    of the comparison, adjusted by CUPED where a covariate is declared, control_value, difference,
    interval_low, interval_high, p_value, adjusted_p_value, lift, lift_low, lift_high; unadjusted_lift,
    always_valid_p_value, detectable_lift; of a guardrail worst_lift, the worse end of its interval.

    units, experiment  as experiment_readout takes them

    CUPED's theta is that of the two variants compared. adjusted_p_value is Holm's, over all metrics of a
    role and all treatments. always_valid_p_value and detectable_lift take a proportion as a mean of zeros and
    ones.
-#}

{% macro experiment_comparisons(units, experiment) %}
    {%- set double, string = engine_type('double'), engine_type('string') %}
    {%- set pair = ['treatment', 'control'] %}
    {%- set measured, covariates, proportions = {}, {}, {} %}
    {%- for name, metric in experiment.metrics.items() %}
        {%- do measured.update({name: {
            'numerator': zero_if_null(metric.numerator),
            'denominator': zero_if_null(metric.denominator) if metric.kind == 'ratio' else none,
        }}) %}
        {%- do covariates.update({name: metric.covariate}) if metric.covariate %}
        {%- do proportions.update({name: metric}) if metric.kind == 'proportion' %}
    {%- endfor %}
    {%- set sums = [
        'units', 'numerator_sum', 'denominator_sum', 'numerator_squares', 'denominator_squares', 'cross_product',
    ] | join(', ') %}
    {%- set numbers = [
        'treatment', 'metric', 'control_value', 'difference', 'interval_low', 'interval_high', 'p_value',
        'lift', 'lift_low', 'lift_high',
    ] | join(', ') %}
    {%- set group -%}
        case when variant = {{ sql_text(experiment.control) }} then 'control' else 'treatment' end as variant
    {%- endset %}
    {%- set is_of_pair -%}
        variant = treatments.treatment or variant = {{ sql_text(experiment.control) }}
    {%- endset %}
    with treatments as (
        {% for variant in experiment.shares if variant != experiment.control %}
        select {{ sql_text(variant) }} as treatment
        {{- ' union all' if not loop.last }}
        {%- endfor %}

    ),

    declared_metrics as (
        {% for name, metric in experiment.metrics.items() %}
        select
            {{ sql_text(name) }} as metric,
            {{ sql_text(metric.label) }} as label,
            {{ sql_text(metric.role) }} as role,
            {{ sql_text(metric.kind) }} as kind,
            {{ sql_text({
                'mean': 'difference of means (Welch)',
                'ratio': 'ratio of means (delta method)',
                'proportion': 'proportions (pooled z)',
            }[metric.kind] ~ (', adjusted by CUPED' if metric.covariate else '')) }} as method,
            {{ 'true' if metric.good_direction == 'up' else 'false' }} as higher_is_better,
            cast({{ '%.16e' % metric.margin if metric.margin else 'null' }} as {{ double }}) as margin,
            cast(
                {{ sql_text('%g' % (100 * metric.margin)) if metric.margin else 'null' }} as {{ string }}
            ) as margin_percent,
            {{ 'true' if metric.covariate else 'false' }} as is_adjusted
        {{- ' union all' if not loop.last }}
        {%- endfor %}

    ),

    variant_statistics as (
        {{ sufficient_statistics(units, measured) | indent(4) }}
    ),
    {% if covariates %}
    unit_values as (
        {% for name, covariate in covariates.items() %}
        select
            variant,
            {{ sql_text(name) }} as adjusted_metric,
            {{ linearised(measured[name].numerator, measured[name].denominator)
                if measured[name].denominator else measured[name].numerator }} as unit_value,
            {{ zero_if_null(covariate) }} as covariate
        from {{ units }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}

    ),

    unit_pairs as (

        select
            treatments.treatment,
            unit_values.*
        from unit_values
        inner join treatments on {{ is_of_pair }}

    ),

    adjusted_units as (
        {{ cuped('unit_pairs', 'unit_value', 'covariate', by=['treatment', 'adjusted_metric']) | indent(4) }}
    ),

    adjusted_statistics as (
        {{ sufficient_statistics(
            'adjusted_units', {'adjusted': {'numerator': 'adjusted'}}, by=['treatment', 'adjusted_metric'],
        ) | indent(4) }}
    ),
    {% endif %}
    pair_statistics as (

        select
            treatments.treatment,
            false as is_adjusted,
            metric,
            {{ group }},
            {{ sums }}
        from variant_statistics
        inner join treatments on {{ is_of_pair }}
        {%- if covariates %}
        union all
        select
            treatment,
            true as is_adjusted,
            adjusted_metric as metric,
            {{ group }},
            units,
            numerator_sum,
            denominator_sum,
            -- What is left of values that the past explains wholly is rounding.
            case
                when numerator_squares * units <= 1e-24 * numerator_sum * numerator_sum then 0
                else numerator_squares
            end as numerator_squares,
            denominator_squares,
            cross_product
        from adjusted_statistics
        {%- endif %}

    ),

    mean_differences as (
        {{ mean_difference('pair_statistics', *pair, by=['treatment', 'is_adjusted']) | indent(4) }}
    ),
    {% if proportions %}
    proportion_statistics as (

        select *
        from pair_statistics
        where metric in ({{ sql_texts(proportions.keys()) }})

    ),

    proportion_differences as (
        {{ proportion_difference('proportion_statistics', *pair, by=['treatment']) | indent(4) }}
    ),
    {% endif %}
    differences as (

        select {{ numbers }}
        from mean_differences
        inner join declared_metrics using (metric, is_adjusted)
        {%- if proportions %}
        where kind <> 'proportion'
        union all
        select {{ numbers }}
        from proportion_differences
        {%- endif %}

    ),
    {% if experiment.planned_units %}
    always_valid_differences as (
        {{ always_valid_difference(
            'mean_differences', experiment.planned_units, by=['treatment', 'is_adjusted'],
        ) | indent(4) }}
    ),

    planned_differences as (
        {{ detectable_difference(
            'mean_differences', experiment.planned_units, by=['treatment', 'is_adjusted'],
        ) | indent(4) }}
    ),
    {% endif %}
    tests as (

        select
            treatments.treatment,
            declared_metrics.metric,
            declared_metrics.role,
            differences.p_value
        from declared_metrics
        cross join treatments
        left join differences
            on
                declared_metrics.metric = differences.metric
                and treatments.treatment = differences.treatment

    ),

    adjusted_tests as (
        {{ holm_adjusted('tests', ['treatment', 'metric'], family=['role']) | indent(4) }}
    )

    select
        declared_metrics.metric,
        declared_metrics.label,
        declared_metrics.role,
        declared_metrics.kind,
        declared_metrics.method,
        declared_metrics.higher_is_better,
        declared_metrics.margin,
        declared_metrics.margin_percent,
        adjusted_tests.treatment,
        coalesce(unadjusted.treatment_units, 0) as treatment_units,
        unadjusted.treatment_value as treatment_estimate,
        coalesce(unadjusted.control_units, 0) as control_units,
        unadjusted.control_value as control_estimate,
        differences.control_value,
        differences.difference,
        differences.interval_low,
        differences.interval_high,
        differences.p_value,
        adjusted_tests.adjusted_p_value,
        differences.lift,
        differences.lift_low,
        differences.lift_high,
        unadjusted.lift as unadjusted_lift,
        {{ 'always_valid_differences.p_value' if experiment.planned_units else 'cast(null as ' ~ double ~ ')' }}
            as always_valid_p_value,
        {{ 'planned_differences.detectable_difference / abs(nullif(differences.control_value, 0))'
            if experiment.planned_units else 'cast(null as ' ~ double ~ ')' }} as detectable_lift,
        -- Without a relative interval that of the difference is held against the control as it is.
        case
            when declared_metrics.role <> 'guardrail' then null
            when declared_metrics.higher_is_better
                then coalesce(
                    differences.lift_low, differences.interval_low / abs(nullif(differences.control_value, 0))
                )
            else coalesce(
                differences.lift_high, differences.interval_high / abs(nullif(differences.control_value, 0))
            )
        end as worst_lift
    from adjusted_tests
    inner join declared_metrics on adjusted_tests.metric = declared_metrics.metric
    left join differences
        on
            adjusted_tests.metric = differences.metric
            and adjusted_tests.treatment = differences.treatment
    left join mean_differences as unadjusted
        on
            adjusted_tests.metric = unadjusted.metric
            and adjusted_tests.treatment = unadjusted.treatment
            and not unadjusted.is_adjusted
    {%- for relation in ['always_valid_differences', 'planned_differences'] if experiment.planned_units %}
    left join {{ relation }}
        on
            adjusted_tests.metric = {{ relation }}.metric
            and adjusted_tests.treatment = {{ relation }}.treatment
            and declared_metrics.is_adjusted = {{ relation }}.is_adjusted
    {%- endfor %}
{% endmacro %}


{#- An expression as a number that is never unknown: a unit of which nothing is known did nothing. -#}
{% macro zero_if_null(expression) -%}
    coalesce(cast({{ expression }} as {{ engine_type('double') }}), 0)
{%- endmacro %}
