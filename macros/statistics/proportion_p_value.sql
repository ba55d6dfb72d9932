{#-
    How often a share of so many lies as far from `expected` as `share` does, if that is the true one, as an SQL
    expression: the score test, two-sided; null for null.

    share, count  columns: between 0 and 1, of how many
    expected      a literal above 0 and below 1

    Below 0.05 where wilson_bound's interval leaves `expected` out, and nowhere else: that interval is this
    test turned round.
-#}

{% macro proportion_p_value(share, count, expected) -%}
    {%- set p = '%.16e' % expected -%}
    2 * ({{ normal_tail('(abs(' ~ share ~ ' - ' ~ p ~ ') * sqrt(' ~ count ~ ' / (' ~ p ~ ' * (1 - ' ~ p ~ '))))') }})
{%- endmacro %}
