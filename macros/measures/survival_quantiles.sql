{#-
    A query of one row per group: the columns of `by` and, by the names in `levels`, the shortest duration after which
    at most 1 - level of the units were left. Null where more than that were left at the end of what was seen: the
    quantile lies beyond it, and nobody knows where.

    curve   a relation as survival makes it
    levels  {name: level}; {median: 0.5} for half of the units
    by      names of the columns that it is grouped by
-#}

{% macro survival_quantiles(curve, levels, by=[]) %}
    select
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        {%- for name, level in levels.items() %}
        -- A curve that ends at a half by arithmetic may lie above it by the last digit.
        min(case when survival <= {{ 1 - level }} + 1e-12 then duration end) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ curve }}
    {%- if by %}
    group by {{ by | join(', ') }}
    {%- endif %}
{% endmacro %}
