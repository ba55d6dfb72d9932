{#-
    An aggregate: the percentile of a column at a level, the smallest value that at least so large a share of the rows do
    not exceed, which is always one that somebody has. Rows without a value count for nothing. The small step back keeps
    the share of 0.07 among 100 rows at the seventh.

    value  an expression on the rows
    level  a number between 0 and 1
-#}

{% macro percentile(value, level) -%}
    percentile_disc({{ level - 1e-12 }}e0) within group (order by {{ value }})
{%- endmacro %}
