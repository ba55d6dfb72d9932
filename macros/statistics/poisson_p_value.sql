{#-
    How often a Poisson count with this mean lies as far out as `count`, as an SQL expression: twice the
    smaller tail, at most 1; null for null.

    count     a column: events that were counted, from 0 up
    expected  a column: their mean, above 0

    Below 0.05 where poisson_bound's interval leaves `expected` out, and nowhere else. The tails are those
    of chi-square distributions (Garwood, 1936); absolute error below 1e-8, as chi_square_tail's.
-#}

{% macro poisson_p_value(count, expected) -%}
    {%- set as_many = '(1 - ' ~ chi_square_tail('(2 * ' ~ expected ~ ')', '(2 * ' ~ count ~ ')') ~ ')' -%}
    {%- set as_few = chi_square_tail('(2 * ' ~ expected ~ ')', '(2 * ' ~ count ~ ' + 2)') -%}
    case
        when {{ count }} > {{ expected }} then least(1e0, 2 * {{ as_many }})
        when {{ count }} <= {{ expected }} then least(1e0, 2 * ({{ as_few }}))
    end
{%- endmacro %}
