{#-
    A ratio of means as a value of each unit, as an SQL expression: its mean over a variant is the
    variant's ratio R, and its variance the one that the delta method gives R. So what is made for means,
    such as cuped, serves ratios too.

    numerator, denominator  expressions over a relation with one row per unit and the column variant

    (numerator - R * denominator) / mean denominator + R. Budylin, Drutsa, Katsev and Tsoy, "Consistent
    transformation of ratio metrics for efficient online controlled experiments" (2018).
-#}

{% macro linearised(numerator, denominator) -%}
    {%- set over = 'over (partition by variant)' -%}
    {%- set ratio = 'sum(' ~ numerator ~ ') ' ~ over ~ ' / nullif(sum(' ~ denominator ~ ') ' ~ over ~ ', 0)' -%}
    {%- set residual = '(' ~ numerator ~ ' - ' ~ ratio ~ ' * ' ~ denominator ~ ')' -%}
    -- What is left of a numerator that cancels is rounding.
    case when abs({{ residual }}) <= 1e-12 * abs({{ numerator }}) then 0 else {{ residual }} end
    / nullif(avg({{ denominator }}) {{ over }}, 0) + {{ ratio }}
{%- endmacro %}
