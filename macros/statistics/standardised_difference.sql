{#-
    A query of one row: the mean outcome of the treated less that of comparable others, with a 95 % interval.
    Columns: treated_units, comparison_units, clusters, strata (all in strata that are compared), overlap,
    treated_value, counterfactual, difference, standard_error, degrees_of_freedom, interval_low,
    interval_high, p_value, and lift, lift_low, lift_high, which are relative to the counterfactual.

    units                a relation with one row per unit: variant, and the columns used below; a unit of
                         another variant, or whose outcome or baseline is null, is left out
    outcome              expression over the units
    treated, comparison  names of the two variants
    strata               names of columns known before the treatment; units alike in all are compared; null is
                         a value like others; without any this is the raw difference
    cluster              name of a column, not null: units of one cluster are alike (rows of one user, orders of
                         one zone and day); without it each unit stands for itself
    baseline             expression over the units, from which the outcome is a change: lifts are relative to the
                         level that the treated would have reached (difference_in_differences)
    by                   names of further columns, not null: one row for each of their values

    Exact strata, weighted by w = the stratum's share of the treated: the effect on the treated (ATT), direct
    standardisation; see Imbens and Rubin, "Causal Inference for Statistics, Social, and Biomedical Sciences"
    (2015), chapter 17. `overlap` is the share of the treated whose stratum has comparison units; the others
    are in no number. The counterfactual is the sum of w * comparison mean (+ baseline of the treated).

    Variance without clusters: sum of w^2 (s1^2 / n1 + s0^2 / n0), with Welch's and Satterthwaite's degrees of
    freedom; a group with one unit in a stratum takes the variance of its group over all strata. With clusters:
    each unit's influence on the estimate, summed in its cluster and squared, by the small-sample factor
    G / (G - 1) * (N - 1) / (N - 2 strata), and Student's t with G - 1 degrees: Liang and Zeger (1986), as in
    statsmodels and Stata; Cameron and Miller (2015) ask for some 40 clusters. The variance of a lift is that of
    its first-order expansion (delta method). Weights are taken as given: the interval is of the effect on
    treated of this mix. Agrees with saturated regressions of statsmodels (HC2, cluster) to 1e-9 relative.

    Intervals and p-value are null where nothing varies, or a group or the clusters number less than two; a
    lift where the counterfactual is not above zero. It is an effect only if, within strata, nothing else tells
    the treated from the others.
-#}

{% macro standardised_difference(
    units, outcome, treated, comparison, strata=[], cluster=none, baseline='0', by=[]
) %}
    {%- set double = engine_type('double') %}
    {%- set cells = by + strata %}
    {%- set over = 'over (' ~ ('partition by ' ~ by | join(', ') if by else '') ~ ')' %}
    {#- What an estimate changes by where the counterfactual does: nothing, or the lift. -#}
    {%- set slopes = {'difference': '0', 'lift': 'lift'} %}
    with unit_outcomes as (

        select
            {%- for column in cells + ['variant'] %}
            {{ column }},
            {%- endfor %}
            {%- if cluster %}
            {{ cluster }} as cluster_key,
            {%- endif %}
            cast({{ outcome }} as {{ double }}) as outcome_value,
            cast({{ baseline }} as {{ double }}) as baseline_value
        from {{ units }}
        where
            variant in ({{ sql_text(treated) }}, {{ sql_text(comparison) }})
            and {{ outcome }} is not null
            and {{ baseline }} is not null

    ),

    cell_statistics as (
        {{ sufficient_statistics(
            'unit_outcomes', {'outcome': {'numerator': 'outcome_value', 'denominator': 'baseline_value'}}, by=cells,
        ) | indent(4) }}
    ),

    stratum_pairs as (
        {{ variant_pairs('cell_statistics', treated, comparison, by=cells) | indent(4) }}
    ),

    shares as (

        select
            *,
            treatment_numerator_sum / nullif(treatment_units, 0) as treatment_outcome,
            treatment_denominator_sum / nullif(treatment_units, 0) as treatment_baseline,
            control_numerator_sum / nullif(control_units, 0) as control_outcome,
            case
                when treatment_units > 0 and control_units > 0
                    then
                        1e0 * treatment_units
                        / sum(case when control_units > 0 then treatment_units end) {{ over }}
            end as share
        from stratum_pairs

    ),

    estimates as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            coalesce(sum(case when share is not null then treatment_units end), 0) as treated_units,
            coalesce(sum(case when share is not null then control_units end), 0) as comparison_units,
            count(share) as strata,
            coalesce(sum(case when share is not null then treatment_units end), 0) * 1e0
            / nullif(sum(treatment_units), 0) as overlap,
            sum(share * (treatment_baseline + treatment_outcome)) as treated_value,
            sum(share * (treatment_baseline + control_outcome)) as counterfactual,
            sum(share * (treatment_outcome - control_outcome)) as difference
        from shares
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}

    ),

    lifts as (

        select
            *,
            case when counterfactual > 0 then difference / counterfactual end as lift
        from estimates

    ),

    compared_strata as (

        select
            shares.*,
            lifts.lift,
            lifts.strata
        from shares
        {{ joined_on('lifts', 'shares', by) | indent(8) }}
        where shares.share is not null

    ),
    {% if cluster %}
    {{ errors_between_clusters(treated, slopes, by, cells) | indent(4) }}
    {%- else %}
    {{ errors_between_units(slopes, by, over) | indent(4) }}
    {%- endif %}

    half_widths as (

        select
            lifts.*,
            errors.clusters,
            errors.difference_error as standard_error,
            errors.difference_freedom as degrees_of_freedom,
            abs(lifts.difference) / nullif(errors.difference_error, 0) as t_statistic,
            {{ student_t_quantile_975('errors.difference_freedom') }} * nullif(errors.difference_error, 0)
                as half_width,
            {{ student_t_quantile_975('errors.lift_freedom') }} * nullif(errors.lift_error, 0)
            / lifts.counterfactual as lift_half_width
        from lifts
        {{ joined_on('errors', 'lifts', by, 'left') | indent(8) }}

    )

    select
        {%- for key in by %}
        {{ key }},
        {%- endfor %}
        treated_units,
        comparison_units,
        coalesce(clusters, 0) as clusters,
        strata,
        overlap,
        treated_value,
        counterfactual,
        difference,
        standard_error,
        degrees_of_freedom,
        difference - half_width as interval_low,
        difference + half_width as interval_high,
        2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value,
        lift,
        lift - lift_half_width as lift_low,
        lift + lift_half_width as lift_high
    from half_widths
{% endmacro %}


{#- The error of each estimate from the variance of units in each stratum; the CTEs up to `errors`. -#}
{% macro errors_between_units(slopes, by, over) %}
    cell_squares as (

        select
            *,
            {%- for estimate, slope in slopes.items() %}
            {%- set own = 'treatment_numerator_squares' %}
            {%- set base = slope ~ ' * ' ~ slope ~ ' * treatment_denominator_squares' %}
            {%- set squares = '(' ~ own ~ ' - 2 * ' ~ slope ~ ' * treatment_cross_product + ' ~ base ~ ')' %}
            -- What is left of squares that cancel is rounding.
            case
                when {{ squares }} <= 1e-12 * ({{ own }} + {{ base }}) then 0 else {{ squares }}
            end as {{ estimate }}_treatment_squares,
            (1 + {{ slope }}) * (1 + {{ slope }}) * control_numerator_squares as {{ estimate }}_control_squares
            {{- ',' if not loop.last }}
            {%- endfor %}
        from compared_strata

    ),

    cell_variances as (

        select
            *,
            {%- for group in ['treatment', 'control'] %}
            {%- set spare = group ~ '_units - 1' %}
            {%- for estimate in slopes %}
            {%- set squares = estimate ~ '_' ~ group ~ '_squares' %}
            share * share * coalesce(
                {{ squares }} / nullif({{ spare }}, 0),
                sum({{ squares }}) {{ over }} / nullif(sum({{ spare }}) {{ over }}, 0)
            ) / {{ group }}_units as {{ estimate }}_{{ group }}_variance,
            {%- endfor %}
            coalesce(nullif({{ spare }}, 0), nullif(sum({{ spare }}) {{ over }}, 0)) as {{ group }}_freedom
            {{- ',' if not loop.last }}
            {%- endfor %}
        from cell_squares

    ),

    errors as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            {%- for estimate in slopes %}
            {%- set treatment, control = estimate ~ '_treatment_variance', estimate ~ '_control_variance' %}
            sqrt(sum({{ treatment }} + {{ control }})) as {{ estimate }}_error,
            -- Welch (1947) and Satterthwaite (1946), of parts as many as cells.
            sum({{ treatment }} + {{ control }}) * sum({{ treatment }} + {{ control }}) / nullif(sum(
                {{ treatment }} * {{ treatment }} / treatment_freedom
                + {{ control }} * {{ control }} / control_freedom
            ), 0) as {{ estimate }}_freedom,
            {%- endfor %}
            sum(treatment_units + control_units) as clusters
        from cell_variances
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}

    ),
{% endmacro %}


{#- The error of each estimate from what the units of a cluster add to it; the CTEs up to `errors`. -#}
{% macro errors_between_clusters(treated, slopes, by, cells) %}
    cluster_influences as (

        select
            {%- for key in by %}
            unit_outcomes.{{ key }},
            {%- endfor %}
            unit_outcomes.cluster_key,
            max(means.strata) as strata,
            count(*) as units,
            {%- for estimate, slope in slopes.items() %}
            {%- set slope = 'means.lift' if slope == 'lift' else slope %}
            sum(
                case
                    when unit_outcomes.variant = {{ sql_text(treated) }}
                        then means.share / means.treatment_units * ({{ deviation(
                            'unit_outcomes.outcome_value - ' ~ slope ~ ' * unit_outcomes.baseline_value',
                            'means.treatment_outcome - ' ~ slope ~ ' * means.treatment_baseline',
                        ) }})
                    else -(1 + {{ slope }}) * means.share / means.control_units * ({{ deviation(
                        'unit_outcomes.outcome_value', 'means.control_outcome'
                    ) }})
                end
            ) as {{ estimate }}_influence
            {{- ',' if not loop.last }}
            {%- endfor %}
        from unit_outcomes
        {{ joined_on('compared_strata', 'unit_outcomes', cells, alias='means') | indent(8) }}
        group by
            {%- for key in by %}
            unit_outcomes.{{ key }},
            {%- endfor %}
            unit_outcomes.cluster_key

    ),

    errors as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            {%- for estimate in slopes %}
            case
                when count(*) > 1 and sum(units) > 2 * max(strata)
                    then sqrt(
                        sum({{ estimate }}_influence * {{ estimate }}_influence)
                        * count(*) / (count(*) - 1)
                        * (sum(units) - 1) / (sum(units) - 2 * max(strata))
                    )
            end as {{ estimate }}_error,
            case when count(*) > 1 then count(*) - 1 end as {{ estimate }}_freedom,
            {%- endfor %}
            count(*) as clusters
        from cluster_influences
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}

    ),
{% endmacro %}


{#- A value less a mean; what rounding leaves of values that are all the same is nothing. -#}
{% macro deviation(unit_value, mean) -%}
    case
        when abs(({{ unit_value }}) - ({{ mean }})) <= 1e-12 * abs({{ unit_value }}) then 0
        else ({{ unit_value }}) - ({{ mean }})
    end
{%- endmacro %}


{#- A join of a relation by names of columns that both have, where null is a value like others. -#}
{% macro joined_on(relation, other, columns, kind='inner', alias=none) %}
    {%- if not columns and kind == 'inner' -%}
cross join {{ relation }} as {{ alias or relation }}
    {%- else -%}
{{ kind }} join {{ relation }} as {{ alias or relation }}
    on
        {%- for column in columns %}
        {{ 'and ' if not loop.first }}{{ other }}.{{ column }} is not distinct from {{ alias or relation }}.{{ column }}
        {%- else %}
        1 = 1
        {%- endfor %}
    {%- endif %}
{% endmacro %}
