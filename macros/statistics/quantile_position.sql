{#-
    The position of the quantile at a level among a column `observations` of ordered values: the first at
    which at least that share of them has passed. The small step back keeps 0.07 * 100 at 7.
-#}

{% macro quantile_position(level) -%}
    ceil({{ level }} * observations - 1e-9)
{%- endmacro %}
