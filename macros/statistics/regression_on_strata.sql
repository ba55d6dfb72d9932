{#-
    A query of one row: the difference between two groups by a regression of the outcome on being treated and a dummy
    for each stratum, with a 95 % interval clustered as asked. Columns: units, clusters, strata, difference,
    standard_error, degrees_of_freedom, interval_low, interval_high, p_value.

    units                a relation with one row per unit: variant, and the columns used below; a unit of another
                         variant, or whose outcome is null, is left out
    outcome              expression over the units
    treated, comparison  names of the two variants
    strata               names of columns; units alike in all have one dummy, and null is a value like others
    cluster              name of a column, not null: units of one cluster are alike

    The dummies are partialled out (Frisch and Waugh, 1933; Lovell, 1963): within a stratum, t is treated less its
    share. Then difference = sum(t * y) / sum(t * t), which weights strata by how much treatment varies in them,
    n1 * n0 / n, and not by the treated as standardised_difference does: the two agree where the effect is the same
    everywhere. The error is that of statsmodels with `cluster`: G / (G - 1) * (N - 1) / (N - K), K = strata + 1, and
    Student's t with G - 1.
-#}

{% macro regression_on_strata(units, outcome, treated, comparison, strata, cluster) %}
    {%- set double = engine_type('double') %}
    {%- set keys = strata | join(', ') %}
    with unit_outcomes as (

        select
            {%- for stratum in strata %}
            {{ stratum }},
            {%- endfor %}
            {{ cluster }} as cluster_key,
            cast({{ outcome }} as {{ double }}) as outcome_value,
            case when variant = {{ sql_text(treated) }} then 1e0 else 0e0 end as is_treated
        from {{ units }}
        where
            variant in ({{ sql_text(treated) }}, {{ sql_text(comparison) }})
            and {{ outcome }} is not null

    ),

    residuals as (

        select
            cluster_key,
            is_treated - avg(is_treated) over (partition by {{ keys }}) as treated_residual,
            outcome_value - avg(outcome_value) over (partition by {{ keys }}) as outcome_residual,
            dense_rank() over (order by {{ keys }}) as stratum
        from unit_outcomes

    ),

    estimates as (

        select
            count(*) as units,
            max(stratum) as strata,
            sum(treated_residual * treated_residual) as treated_squares,
            sum(treated_residual * outcome_residual) / nullif(sum(treated_residual * treated_residual), 0)
                as difference
        from residuals

    ),

    cluster_scores as (

        select
            residuals.cluster_key,
            sum(
                residuals.treated_residual
                * (residuals.outcome_residual - estimates.difference * residuals.treated_residual)
            ) as score
        from residuals
        cross join estimates
        group by residuals.cluster_key

    ),

    errors as (

        select
            max(estimates.units) as units,
            count(*) as clusters,
            max(estimates.strata) as strata,
            max(estimates.difference) as difference,
            case
                when count(*) > 1 and max(estimates.units) > max(estimates.strata) + 1
                    then
                        sqrt(
                            sum(cluster_scores.score * cluster_scores.score)
                            * count(*) / (count(*) - 1)
                            * (max(estimates.units) - 1) / (max(estimates.units) - max(estimates.strata) - 1)
                        ) / nullif(max(estimates.treated_squares), 0)
            end as standard_error,
            case when count(*) > 1 then count(*) - 1 end as degrees_of_freedom
        from cluster_scores
        cross join estimates

    ),

    tested as (

        select
            *,
            abs(difference) / nullif(standard_error, 0) as t_statistic,
            {{ student_t_quantile_975('degrees_of_freedom') }} * nullif(standard_error, 0) as half_width
        from errors

    )

    select
        units,
        clusters,
        strata,
        difference,
        standard_error,
        degrees_of_freedom,
        difference - half_width as interval_low,
        difference + half_width as interval_high,
        2 * ({{ student_t_tail('t_statistic', 'degrees_of_freedom') }}) as p_value
    from tested
{% endmacro %}
