{#-
    What Stirling's formula leaves out of the logarithm of the gamma function, for z >= 0.5:
    ln gamma(z) - ((z - 1/2) ln z - z + ln(2 pi) / 2), as an SQL expression.

    Its asymptotic series (Abramowitz and Stegun, 6.1.41) at z + 4, brought back to z by
    gamma(z + 1) = z gamma(z). Absolute error below 1e-9 up to z = 500,000.
-#}

{% macro stirling_error(z) -%}
    {%- set far = '(' ~ z ~ ' + 4)' -%}
    ({{ horner('1e0 / (' ~ far ~ ' * ' ~ far ~ ')', [
        0.0008417508417508417, -0.0005952380952380953, 0.0007936507936507937,
        -0.002777777777777778, 0.08333333333333333,
    ]) }} / {{ far }}
    {%- for step in range(4) %}
    + ({{ z }} + {{ step }}.5e0) * ln(1 + 1e0 / ({{ z }} + {{ step }})) - 1
    {%- endfor %})
{%- endmacro %}
