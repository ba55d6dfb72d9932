{#-
    A query of the units with one more column, `adjusted`: the value without what the units' own past
    explains of it. Its mean differs between variants as the value's does, with less variance.

    units      a relation with one row per unit, of the variants to be compared
    value      name of the column to adjust
    covariate  name of a column known strictly before the exposure (experiment_units: covariates)
    by         names of columns that tell groups apart that are adjusted each on its own

    value - theta * (covariate - mean covariate), theta = cov(value, covariate) / var(covariate) over the
    units of both variants. Deng, Xu, Kohavi and Walker, "Improving the sensitivity of online controlled
    experiments by utilizing pre-experiment data" (2013). A constant covariate changes nothing.
-#}

{% macro cuped(units, value, covariate, by=[]) %}
    select
        units.*,
        units.{{ value }} - slopes.theta * (units.{{ covariate }} - slopes.covariate_mean) as adjusted
    from {{ units }} as units
    {{ 'inner' if by else 'cross' }} join (
        select
            {%- for key in by %}
            {{ key }},
            {%- endfor %}
            avg({{ covariate }}) as covariate_mean,
            case
                when min({{ covariate }}) < max({{ covariate }})
                    then covar_pop({{ value }}, {{ covariate }}) / var_pop({{ covariate }})
                else 0
            end as theta
        from {{ units }}
        {%- if by %}
        group by {{ by | join(', ') }}
        {%- endif %}
    ) as slopes
        {%- for key in by %}
        {{ 'on' if loop.first else 'and' }} units.{{ key }} = slopes.{{ key }}
        {%- endfor %}
{% endmacro %}
