{#-
    A query of one row per variant and metric, with all that the comparisons need: units, numerator_sum,
    denominator_sum, numerator_squares, denominator_squares, cross_product.

    units    a relation with one row per unit of randomisation: variant, and the columns used below
    metrics  {name: {numerator: expression, denominator: expression}}, a ratio of means; without a
             denominator it is one, and the metric a mean (a proportion, if the numerator is 0 or 1)
    by       names of further columns to group by

    Squares and cross product are of deviations from the variant's means: the difference of raw sums of
    squares would lose the digits that count where the mean is large. Rows of a constant have none at all.
-#}

{% macro sufficient_statistics(units, metrics, by=[]) %}
    {%- set keys = by + ['variant', 'metric'] %}
    {%- set double = engine_type('double') %}
    select
        {%- for key in keys %}
        {{ key }},
        {%- endfor %}
        count(*) as units,
        sum(numerator) as numerator_sum,
        sum(denominator) as denominator_sum,
        case
            when min(numerator) < max(numerator) then var_pop(numerator) * count(*) else 0
        end as numerator_squares,
        case
            when min(denominator) < max(denominator) then var_pop(denominator) * count(*) else 0
        end as denominator_squares,
        case
            when min(numerator) < max(numerator) and min(denominator) < max(denominator)
                then covar_pop(numerator, denominator) * count(*)
            else 0
        end as cross_product
    from (
        {%- for name, metric in metrics.items() %}
        select
            {%- for column in by + ['variant'] %}
            {{ column }},
            {%- endfor %}
            {{ sql_text(name) }} as metric,
            cast({{ metric.numerator }} as {{ double }}) as numerator,
            cast({{ metric.denominator or 1 }} as {{ double }}) as denominator
        from {{ units }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    ) as unit_metrics
    group by {{ keys | join(', ') }}
{% endmacro %}
