{#-
    ln(n!) as an SQL expression of `n`, a whole number from 0 up or an expression of one: Stirling's formula at n + 1
    with what it leaves out. Absolute error below 1e-9 and below 1e-15 of the result, whichever is more.
-#}

{% macro log_factorial(n) -%}
    (({{ n }} + 0.5e0) * ln({{ n }} + 1e0) - ({{ n }} + 1) + 0.91893853320467274e0 + {{ stirling_error('(' ~ n ~ ' + 1e0)') }})
{%- endmacro %}
