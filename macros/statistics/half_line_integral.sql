{#-
    The integral of f(x) over x >= 0, as one SQL expression, for a smooth f that falls like exp(-x)
    within a factor of about two.

    integrand  f as SQL text, in which {x} stands for x

    With x = exp(u - exp(-u)), the trapezoidal rule over u in steps of 0.2. Takahasi and Mori,
    "Double exponential formulas for numerical integration" (1974). 37 terms: give the integrand
    columns, not long expressions. Its error is part of the bounds that the tails state.
-#}

{% macro half_line_integral(integrand) -%}
    {%- set e = 2.718281828459045 -%}
    {%- set terms = [] -%}
    {%- for step in range(-15, 22) -%}
        {%- set fold = e ** (-step / 5) -%}
        {%- set node = e ** (step / 5 - fold) -%}
        {%- set x, weight = '%.16e' % node, '%.16e' % (node * (1 + fold) / 5) -%}
        {%- do terms.append(weight ~ ' * ' ~ integrand | replace('{x}', x)) -%}
    {%- endfor -%}
    ({{ terms | join('\n + ') }})
{%- endmacro %}
