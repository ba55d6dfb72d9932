{#-
    A bound of the 95 % interval of a share, as an SQL expression; null for null and where there is nothing to
    divide by.

    share  a column: between 0 and 1
    count  a column: of how many
    bound  low or high

    Wilson, "Probable inference, the law of succession, and statistical inference" (1927): all shares from
    which the observed one is less than z standard errors away. It keeps its width where none or all succeed.
-#}

{% macro wilson_bound(share, count, bound) -%}
    {%- set z, n = normal_quantile_975(), 'nullif(' ~ count ~ ', 0)' -%}
    (
        {{ share }} + {{ z }} * {{ z }} / (2 * {{ n }})
        {{ {'low': '-', 'high': '+'}[bound] }} {{ z }} * sqrt(
            ({{ share }} * (1 - {{ share }}) + {{ z }} * {{ z }} / (4 * {{ n }})) / {{ n }}
        )
    ) / (1 + {{ z }} * {{ z }} / {{ n }})
{%- endmacro %}
