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
    by                   names of further columns, not null: one row for each of their values

    The dummies are partialled out (Frisch and Waugh, 1933; Lovell, 1963): within a stratum, t is treated less its
    share. Then difference = sum(t * y) / sum(t * t), which weights strata by how much treatment varies in them,
    n1 * n0 / n, and not by the treated as standardised_difference does: the two agree where the effect is the same
    everywhere. The error is that of statsmodels with `cluster`: G / (G - 1) * (N - 1) / (N - K), K = strata + 1, and
    Student's t with G - 1.
-#}

{% macro regression_on_strata(units, outcome, treated, comparison, strata, cluster, by=[]) %}
    {%- set double = engine_type('double') %}
    {%- set keys = by | join(', ') %}
    {%- set cells = (by + strata) | join(', ') %}
    with unit_outcomes as (

        select
            {%- for column in by + strata %}
            {{ column }},
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
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            cluster_key,
            is_treated - avg(is_treated) over (partition by {{ cells }}) as treated_residual,
            outcome_value - avg(outcome_value) over (partition by {{ cells }}) as outcome_residual,
            dense_rank() over (
                {{ 'partition by ' ~ keys if by }} order by {{ strata | join(', ') }}
            ) as stratum
        from unit_outcomes

    ),

    estimates as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            count(*) as units,
            max(stratum) as strata,
            sum(treated_residual * treated_residual) as treated_squares,
            sum(treated_residual * outcome_residual) / nullif(sum(treated_residual * treated_residual), 0)
                as difference
        from residuals
        {%- if by %}
        group by {{ keys }}
        {%- endif %}

    ),

    cluster_scores as (

        select
            {%- for key in by %}
            residuals.{{ key }},
            {%- endfor %}
            residuals.cluster_key,
            sum(
                residuals.treated_residual
                * (residuals.outcome_residual - estimates.difference * residuals.treated_residual)
            ) as score
        from residuals
        {{ joined_on('estimates', 'residuals', by) | trim | indent(8) }}
        group by
            {%- for key in by %}
            residuals.{{ key }},
            {%- endfor %}
            residuals.cluster_key

    ),

    score_squares as (

        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            count(*) as clusters,
            sum(score * score) * count(*) / nullif(count(*) - 1, 0) as squares
        from cluster_scores
        {%- if by %}
        group by {{ keys }}
        {%- endif %}

    ),

    errors as (

        select
            estimates.*,
            score_squares.clusters,
            nullif(score_squares.clusters - 1, 0) as degrees_of_freedom,
            sqrt(
                score_squares.squares * (estimates.units - 1)
                / case when estimates.units > estimates.strata + 1 then estimates.units - estimates.strata - 1 end
            ) / nullif(estimates.treated_squares, 0) as standard_error
        from estimates
        {{ joined_on('score_squares', 'estimates', by) | trim | indent(8) }}

    ),

    tested as (

        select
            *,
            abs(difference) / nullif(standard_error, 0) as t_statistic,
            {{ student_t_quantile_975('degrees_of_freedom') }} * nullif(standard_error, 0) as half_width
        from errors

    )

    select
        {%- for key in by %}
        {{ key }},
        {%- endfor %}
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
