{#-
    P(Z > z) of a standard normal for z >= 0, as an SQL expression of `z`; null for null. A ratio of
    polynomials below 7.07 and a continued fraction above, after Hart (1968) as tabulated by West,
    "Better approximations to cumulative normal functions" (2005). Relative error below 1e-12 up to
    z = 4 and below 1e-8 beyond, which the test holds against SciPy; 0 beyond 37, where a double has
    no smaller number left.
-#}

{% macro normal_tail(z) -%}
    {%- set upper = horner(z, [
        0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383,
        112.079291497871, 221.213596169931, 220.206867912376,
    ]) -%}
    {%- set lower = horner(z, [
        0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461,
        296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752,
    ]) -%}
    case
        when {{ z }} > 37 then 0.0
        when {{ z }} < 7.07106781186547 then exp(-({{ z }}) * ({{ z }}) / 2) * {{ upper }} / {{ lower }}
        when {{ z }} is not null
            then exp(-({{ z }}) * ({{ z }}) / 2) / 2.506628274631
                / ({{ z }} + 1 / ({{ z }} + 2 / ({{ z }} + 3 / ({{ z }} + 4 / ({{ z }} + 0.65)))))
    end
{%- endmacro %}
